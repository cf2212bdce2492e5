import { describe, expect, it } from 'vitest'
import { data } from '../src/vectors/data.ts'
import { runVectors, type VectorResult, vectors } from '../src/vectors.ts'
import { ourImplementation } from './our-implementation.ts'
import file from './vectors/runtime-expressions.json' with { type: 'json' }

/** The group of another package: the sender checks addresses. */
const ELSEWHERE = 'ssrf-policy'

const groups = Object.keys(file.groups).filter((group) => group !== ELSEWHERE)
const results = runVectors(ourImplementation)

describe.each(groups)('vectors: %s', (group) => {
  const cases = results.filter(({ vector }) => vector.group === group)

  it('has cases', () => expect(cases).not.toEqual([]))

  it.each(cases)('$vector.id: $vector.why', (result) => {
    expect(result).toEqual({ vector: result.vector, status: 'passed' })
  })
})

describe('the vectors', () => {
  it('are those of the file', () => {
    const { defaults, vectors: stored } = file
    expect(data).toEqual({ defaults, vectors: stored })
    expect(vectors).toHaveLength(file.count)
    const sizes = Object.keys(file.groups).map((group) => [
      group,
      vectors.filter((vector) => vector.group === group).length,
    ])
    expect(Object.fromEntries(sizes)).toEqual(file.groups)
  })

  it('merge the defaults of the file into each exchange', () => {
    const exchangeOf = (id: string) => vectors.find((vector) => vector.id === id)?.exchange
    expect(exchangeOf('pv-method')?.request).toEqual(file.defaults.request)
    expect(exchangeOf('ev-status-none')).not.toHaveProperty('response')
    expect(exchangeOf('ev-body-none-ptr')?.request).not.toHaveProperty('body')
  })
})

describe('runVectors', () => {
  const never = () => {
    throw new TypeError('not written yet')
  }
  const unwritten = { parse: never, evaluate: never, resolveUrl: never }
  const statusOf = (list: readonly VectorResult[], mode: string) => [
    ...new Set(list.flatMap(({ vector, status }) => (vector.mode === mode ? status : []))),
  ]

  it('skips what an implementation does not offer', () => {
    const skipped = results.filter(({ status }) => status === 'skipped')
    expect(new Set(skipped.map(({ vector }) => vector.group))).toEqual(new Set([ELSEWHERE]))
    expect(statusOf(runVectors(unwritten), 'compat')).toEqual(['skipped'])
  })

  it('asks for a policy where it is offered', () => {
    const judged = runVectors({ ...ourImplementation, policies: ['public-only'] })
    const failed = judged.flatMap((result) => (result.status === 'failed' ? result : []))
    expect(failed).toHaveLength(13)
    expect(failed[0]).toMatchObject({
      vector: { id: 'sp-127', expect: { error: 'blocked-address' } },
      actual: { url: 'http://127.0.0.1/' },
    })
  })

  it('tells an error of another kind from a refusal', () => {
    const [first] = runVectors(unwritten)
    expect(first).toMatchObject({ status: 'failed', thrown: new TypeError('not written yet') })

    const refuse = () => {
      throw Object.assign(new Error(), { code: 'syntax' })
    }
    const refused = runVectors({ ...unwritten, parse: refuse })
    expect(statusOf(refused, 'parse')).toEqual(['failed', 'passed'])
    expect(refused[0]).toMatchObject({ status: 'failed', actual: { error: 'syntax' } })
  })

  it('compares values with their types', () => {
    const asText = runVectors({
      ...ourImplementation,
      evaluate: (...args) => String(ourImplementation.evaluate(...args)),
    })
    const failed = asText.filter(({ status }) => status === 'failed')
    expect(failed.map(({ vector }) => vector.id)).toEqual(
      expect.arrayContaining(['ev-status', 'ev-query-repeat']),
    )
    expect(failed.map(({ vector }) => vector.id)).not.toContain('ev-path')
  })
})
