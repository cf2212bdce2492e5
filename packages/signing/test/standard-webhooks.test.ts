import { describe, expect, it } from 'vitest'
import { signWith } from '../src/sign.ts'
import { verifyWith } from '../src/verify.ts'
import { keyrings } from './fixtures.ts'
import { publishedVectors } from './published-vectors.ts'

describe.each(keyrings)('the published vectors, with %s', (_, keyring) => {
  const vectors = publishedVectors({
    sign: (options) => signWith(keyring, options),
    verify: (options) => verifyWith(keyring, options),
  })

  it.each(vectors)('$name', async ({ run, expected }) => {
    expect(await run()).toBe(expected)
  })
})
