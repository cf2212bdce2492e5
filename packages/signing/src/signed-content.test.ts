import { describe, expect, it } from 'vitest'
import { withCode } from '../test/fixtures.ts'
import { createSignedContent, type RawBody } from './signed-content.ts'

const { runInNewContext } = process.getBuiltinModule('node:vm')

const bytes = new TextEncoder().encode('zü')
const expected = new TextEncoder().encode('msg_1.1614265330.zü')

describe('createSignedContent', () => {
  it.each<[string, RawBody]>([
    ['text', 'zü'],
    ['bytes', bytes],
    ['a Buffer', Buffer.from(bytes)],
    ['an ArrayBuffer', bytes.slice().buffer],
    ['a window on a larger buffer', new Uint8Array([0, ...bytes, 0]).subarray(1, -1)],
    [
      'bytes of another realm',
      runInNewContext('Uint8Array.of(0, ...bytes).subarray(1)', { bytes }),
    ],
    [
      'an ArrayBuffer of another realm',
      runInNewContext('Uint8Array.of(...b).buffer', { b: bytes }),
    ],
  ])('takes %s', (_, body) => {
    expect(createSignedContent('msg_1', '1614265330', body).bytes()).toEqual(expected)
  })

  it('takes an empty body', () => {
    expect(createSignedContent('a', '1', '').bytes()).toEqual(new TextEncoder().encode('a.1.'))
  })

  it('copies the body once', () => {
    const body = bytes.slice()
    const content = createSignedContent('msg_1', '1614265330', body)
    content.bytes()
    body.fill(0)
    expect(content.bytes()).toEqual(expected)
  })

  it.each([[undefined], [null], [7], [{ paid: true }], [[1, 2]]])(
    'refuses %j, which is not what went over the wire',
    (body) => {
      expect(() => createSignedContent('a', '1', body as unknown as RawBody)).toThrow(
        withCode('bad-body'),
      )
    },
  )
})
