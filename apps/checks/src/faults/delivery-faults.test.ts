// The faults of a delivery, each by its name in test/delivery-faults.json.
import { describe, expect, it } from 'vitest'
import vectors from '../../test/delivery-faults.json' with { type: 'json' }
import { CONNECTIONS } from './connections.ts'
import { MESSAGES } from './messages.ts'
import { RESPONSES } from './responses.ts'
import { WORKERS } from './workers.ts'

const FAULTS = { ...RESPONSES, ...CONNECTIONS, ...WORKERS, ...MESSAGES }

/** Faults that another test covers, or that one-shot callbacks on one machine do not have. */
const ELSEWHERE: Readonly<Record<string, string>> = {
  'worker killed before the request': 'crash.test.ts, at beforeSend',
  'worker killed after 2xx, before commit': 'crash.test.ts, at afterResponse and beforeCommit',
  'endpoint disabled or deleted while retries wait': 'only for the endpoint of a subscription',
}

describe('the faults', () => {
  it('are all covered', () => {
    const covered = [...Object.keys(FAULTS), ...Object.keys(ELSEWHERE)]
    expect(covered.sort()).toEqual(vectors.faults.map(({ f }) => f).sort())
  })

  it.each(Object.entries(FAULTS))('%s', { timeout: 20_000 }, (_, play) => play())
})
