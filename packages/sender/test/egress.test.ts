import { afterAll, describe, expect, it } from 'vitest'
import { checkUrl } from '../src/transport/egress/check-url.ts'
import { findEgressError } from '../src/transport/egress/find-egress-error.ts'
import { judgeResolved } from '../src/transport/egress/judge-resolved.ts'
import { compilePolicy, type EgressPolicy } from '../src/transport/egress/policy.ts'
import type { EgressVerdict } from '../src/transport/egress/verdict.ts'
import { guardedFetch } from '../src/transport/node/guarded-fetch.ts'
import egress from './egress.json' with { type: 'json' }
import evaluatedUrls from './evaluated-urls.json' with { type: 'json' }

interface Case {
  readonly id: string
  readonly group: string
  readonly url: string
  readonly evaluated?: string
  readonly policy?: EgressPolicy
  readonly resolvesTo?: readonly string[]
  readonly resolvesToSequence?: readonly (readonly string[])[]
  readonly redirectsTo?: string
  readonly expect: string
}

const cases: readonly Case[] = egress.cases
// a redirect is not judged but never followed: guarded-fetch.test.ts
const judged = cases.filter((each) => each.redirectsTo === undefined)
const literal = judged.filter((each) => each.resolvesToSequence === undefined)
const rebinding = judged.filter((each) => each.resolvesToSequence !== undefined)
const redirecting = cases.filter((each) => each.redirectsTo !== undefined)

describe('the egress cases', () => {
  it('are all here', () => {
    expect(new Set(cases.map((each) => each.id)).size).toBe(egress.count)
    expect(literal.length + rebinding.length + redirecting.length).toBe(egress.count)
  })

  it.each(literal)('$id $group: $url', (each) => {
    expect(judge(each, each.resolvesTo).ok).toBe(each.expect === 'allow')
  })

  it.each(rebinding)('$id $group: $url', (each) => {
    const [before, after] = each.resolvesToSequence ?? []

    expect(judge(each, before)).toEqual({ ok: true })
    expect(judge(each, after)).toMatchObject({ ok: false, code: 'address' })
  })

  it.each(redirecting)('$id $group: $url', (each) => {
    expect(judge(each, each.resolvesTo)).toEqual({ ok: true })
    expect(checkUrl(each.redirectsTo ?? '').ok).toBe(false)
  })
})

describe('the egress cases, sent', () => {
  const closed: (() => Promise<void>)[] = []
  afterAll(async () => {
    await Promise.all(closed.map((close) => close()))
  })

  // no connection is made to a refused target, so that no request leaves the machine
  const refused = literal.filter((each) => each.expect === 'block')

  it.each(refused)('$id $group: $url', async (each) => {
    const response = (each.resolvesTo ?? []).map((address) => ({ address, family: 4 as const }))
    const send = guardedFetch({ policy: each.policy ?? {}, resolve: async () => response })
    closed.push(send.close)

    const error = await send(each.evaluated ?? each.url).catch((error: unknown) => error)

    expect(error).toBeInstanceOf(TypeError)
    const isRefused = !checkUrl(each.evaluated ?? each.url, each.policy).ok || response.length > 0
    expect(findEgressError(error)?.code).toBe(isRefused ? 'blocked' : undefined)
  })
})

describe('the URLs that expressions evaluate to', () => {
  it.each(evaluatedUrls.cases)('$id: $url', ({ url, expect: expected }) => {
    const verdict = checkUrl(url, { allowHttp: true })

    if (expected === 'allow') expect(verdict).toEqual({ ok: true })
    else expect(verdict).toMatchObject({ code: expect.stringMatching(/^(address|host)$/) })
  })
})

function judge(each: Case, addresses: readonly string[] | undefined): EgressVerdict {
  const url = each.evaluated ?? each.url
  const verdict = checkUrl(url, each.policy)
  if (!verdict.ok || addresses === undefined) return verdict

  const { hostname, port } = new URL(url)
  return judgeResolved(
    { hostname, port: Number(port || 443), addresses },
    compilePolicy(each.policy ?? {}),
  )
}
