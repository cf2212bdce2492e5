import { describe, expect, it } from 'vitest'
import { parseHostName, withoutTrailingDots } from './host-name.ts'

describe('parseHostName', () => {
  it.each([
    ['localhost', 'localhost'],
    ['Receiver.Internal.', 'receiver.internal'],
    ['bücher.example', 'xn--bcher-kva.example'],
    ['my_host-1', 'my_host-1'],
  ])('writes %s as %s', (text, expected) => {
    expect(parseHostName(text)).toBe(expected)
  })

  it.each([
    '',
    '.',
    'a..b',
    'a b',
    'a/b',
    'a:1',
    'user@a',
    'a#b',
    'a?b',
    'a%2eb',
    'a\\b',
    '*.example.com',
    '127.1',
    '2130706433',
    '127.0.0.1',
    '[::1]',
  ])('rejects %j', (text) => {
    expect(parseHostName(text)).toBeUndefined()
  })
})

describe('withoutTrailingDots', () => {
  it.each([
    ['localhost', 'localhost'],
    ['localhost.', 'localhost'],
    ['a.b..', 'a.b'],
  ])('makes %s %s', (host, expected) => {
    expect(withoutTrailingDots(host)).toBe(expected)
  })
})
