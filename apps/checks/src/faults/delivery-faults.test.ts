// The faults of a sender, each by its words in test/delivery-faults.json.
import { describe, expect, it } from 'vitest'
import vectors from '../../test/delivery-faults.json' with { type: 'json' }
import { ANSWERS } from './answers.ts'
import { CONNECTIONS } from './connections.ts'
import { MESSAGES } from './messages.ts'
import { WORKERS } from './workers.ts'

const FAULTS = { ...ANSWERS, ...CONNECTIONS, ...WORKERS, ...MESSAGES }

/** Faults that are held elsewhere, or are not of one machine and its one-shot callbacks. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'worker killed before the request': 'crash.test.ts, at beforeSend',
  'worker killed after 2xx, before commit': 'crash.test.ts, at afterResponse and beforeCommit',
  'endpoint disabled or deleted while retries wait': 'an endpoint of a subscription',
}

describe('the faults', () => {
  it('are all held', () => {
    const held = [...Object.keys(FAULTS), ...Object.keys(ELSEWHERE)]
    expect(held.sort()).toEqual(vectors.faults.map(({ f }) => f).sort())
  })

  it.each(Object.entries(FAULTS))('%s', { timeout: 20_000 }, (_, play) => play())
})
