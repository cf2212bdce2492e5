import { describe, expect, it } from 'vitest'
import { parseAllowEntry } from './allow-entry.ts'

const loopback = { family: 4, value: 0x7f000001n, prefix: 32 }
const loopback6 = { family: 6, value: 1n, prefix: 128 }
const unique = { family: 6, value: 0xfdn << 120n, prefix: 8 }

describe('parseAllowEntry', () => {
  it.each([
    ['127.0.0.1', { target: loopback, port: undefined }],
    ['127.0.0.1:9000', { target: loopback, port: 9000 }],
    ['10.0.0.0/8', { target: { family: 4, value: 0x0a000000n, prefix: 8 }, port: undefined }],
    ['10.0.0.0/8:22', { target: { family: 4, value: 0x0a000000n, prefix: 8 }, port: 22 }],
    ['::1', { target: loopback6, port: undefined }],
    ['[::1]', { target: loopback6, port: undefined }],
    ['[::1]:9000', { target: loopback6, port: 9000 }],
    ['fd00::/8', { target: unique, port: undefined }],
    ['[fd00::/8]:9000', { target: unique, port: 9000 }],
    ['localhost', { target: 'localhost', port: undefined }],
    ['Receiver.Internal:65535', { target: 'receiver.internal', port: 65535 }],
  ])('reads %s', (text, expected) => {
    expect(parseAllowEntry(text)).toEqual(expected)
  })

  it.each([
    '',
    ' localhost',
    'localhost:',
    'localhost:0',
    'localhost:65536',
    'localhost:http',
    ':9000',
    'http://localhost',
    'localhost/path',
    '*.internal',
    '127.1',
    '127.0.0.1/33',
    '10.1.2.3/16',
    '[127.0.0.1]:80',
    '[localhost]',
    '[::1',
    '::1]',
    '[::1]9000',
    '1:2:3',
  ])('rejects %j', (text) => {
    expect(parseAllowEntry(text)).toBeUndefined()
  })
})
