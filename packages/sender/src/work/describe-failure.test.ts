import { FetchError } from 'ofetch'
import { describe, expect, it } from 'vitest'
import { describeFailure } from './describe-failure.ts'

const failed = (code: string) => {
  const cause = new TypeError('fetch failed', { cause: Object.assign(new Error(''), { code }) })
  return new FetchError('failed', { cause })
}

describe('describeFailure', () => {
  it.each([
    ['ECONNREFUSED', 'network'],
    ['ENOTFOUND', 'network'],
    ['CERT_HAS_EXPIRED', 'tls'],
    ['EMFILE', 'local'],
    ['ENFILE', 'local'],
    ['NO_DNS_SERVER', 'local'],
  ])('takes %s for %s', (code, why) => {
    expect(describeFailure(failed(code))).toMatchObject({
      why,
      detail: expect.stringMatching(code),
    })
  })
})
