import { describe, expect, it } from 'vitest'
import { SECRET, withCode } from '../test/fixtures.ts'
import { createKeyring } from './keyring.ts'
import { chooseBackend, type Platform } from './platform.ts'
import { createSignedContent } from './signed-content.ts'

const content = createSignedContent('a', '1', 'x')

describe('chooseBackend', () => {
  it('takes node:crypto if the runtime has it, which is synchronous', () => {
    expect(signatureOn(globalThis)).toBeTypeOf('string')
  })

  it.each<[string, Platform]>([
    ['there is no process', { crypto }],
    ['process is a shim', { process: {}, crypto }],
    ['the runtime has no such module', { process: { getBuiltinModule: () => undefined }, crypto }],
    ['the module is a stub', { process: { getBuiltinModule: () => ({}) }, crypto }],
  ])('takes Web Crypto where %s', (_, platform) => {
    expect(signatureOn(platform)).toBeInstanceOf(Promise)
  })

  it.each<[string, Platform]>([
    ['nothing', {}],
    ['crypto without subtle, as a page over HTTP has', { crypto: {} }],
  ])('refuses a runtime with %s', (_, platform) => {
    expect(() => chooseBackend(platform)).toThrow(withCode('unsupported'))
  })
})

function signatureOn(platform: Platform): unknown {
  return createKeyring(chooseBackend(platform))(SECRET, 0).sign?.(content)
}
