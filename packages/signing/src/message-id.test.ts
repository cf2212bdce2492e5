import { describe, expect, it } from 'vitest'
import { isMessageId } from './message-id.ts'

describe('isMessageId', () => {
  it.each([
    'a',
    'msg_2expen51ve',
    '8c4f2f2e-52b8-4f60-9a1c-3a3b1d0d5b0e',
    'urn:uuid:1/2',
    '~'.repeat(255),
  ])('accepts %s', (id) => {
    expect(isMessageId(id)).toBe(true)
  })

  it.each(['', 'a.1', 'a, a', 'a,a', 'a b', 'a\n', '\0', 'é', 'a'.repeat(256), undefined, 1])(
    'refuses %j',
    (id) => {
      expect(isMessageId(id)).toBe(false)
    },
  )
})
