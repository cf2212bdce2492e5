import type { DeliveryRecord, Endpoint } from '@ringback/sender'
import type { SubscriptionSender } from '../src/options.ts'

/** A sender in memory that keeps what it is given, and sends nothing. */
export interface FakeSender extends SubscriptionSender {
  readonly calls: unknown[]
  readonly records: DeliveryRecord[]
  /** Makes the next call of a method reject. */
  fail(method: string, error: Error): void
}

const NOW = Date.UTC(2026, 0, 2)

/** Makes an error as a sender throws it. */
export function senderError(code: string, message: string): Error {
  return Object.assign(new Error(message), { name: 'SenderError', code })
}

/** Makes a sender without endpoints. */
export function fakeSender(): FakeSender {
  const kept = new Map<string, Endpoint>()
  const secrets = new Map<string, number>()
  const calls: unknown[] = []
  const records: DeliveryRecord[] = []
  const failures = new Map<unknown, Error>()
  const call = (...args: unknown[]) => {
    calls.push(args)
    const error = failures.get(args[0])
    failures.delete(args[0])
    if (error) throw error
  }
  const find = (id: string, { owner }: { readonly owner?: string } = {}) => {
    const endpoint = kept.get(id)
    return owner === undefined || endpoint?.owner === owner ? endpoint : undefined
  }
  const change = (id: string, scope: { readonly owner?: string } | undefined, patch: object) => {
    const endpoint = find(id, scope)
    if (endpoint === undefined) return undefined
    const merged = Object.entries({ ...endpoint, ...patch, updatedAt: NOW + 1000 })
    // what was merged is an endpoint, without the members that are removed
    const changed = Object.fromEntries(merged.filter(([, value]) => value != null)) as Endpoint &
      object
    kept.set(id, changed)
    return changed
  }
  return {
    calls,
    records,
    fail: (method, error) => {
      failures.set(method, error)
    },
    endpoints: {
      async create(given, options) {
        call('create', given, options)
        const { headers, secret: _secret, events = ['*'], ...rest } = given
        const endpoint: Endpoint = {
          id: `ep_${kept.size + 1}`,
          ...rest,
          events,
          ...(headers && { headerNames: Object.keys(headers) }),
          state: 'enabled',
          createdAt: NOW,
          updatedAt: NOW,
        }
        kept.set(endpoint.id, endpoint)
        return endpoint
      },
      async get(id, scope) {
        call('get', id, scope)
        return find(id, scope)
      },
      async list(filter = {}) {
        call('list', filter)
        const { owner, limit = 100, cursor = '' } = filter
        const all = [...kept.values()].filter((one) => one.owner === owner && one.id > cursor)
        const endpoints = all.slice(0, limit)
        const last = all.length > limit ? endpoints.at(-1)?.id : undefined
        return { endpoints, ...(last !== undefined && { cursor: last }) }
      },
      async update(id, patch, options = {}) {
        call('update', id, patch, options)
        const { headers, ...rest } = patch
        const headerNames = headers && Object.keys(headers)
        return change(id, options, { ...rest, ...(headers !== undefined && { headerNames }) })
      },
      async enable(id, scope) {
        call('enable', id, scope)
        return change(id, scope, { state: 'enabled', disabledReason: undefined })
      },
      async disable(id, scope) {
        call('disable', id, scope)
        return change(id, scope, { state: 'disabled', disabledReason: 'application' })
      },
      async delete(id, scope) {
        call('delete', id, scope)
        return find(id, scope) !== undefined && kept.delete(id)
      },
      async rotate(id, options = {}) {
        call('rotate', id, options)
        if (!find(id, options)) return undefined
        secrets.set(id, (secrets.get(id) ?? 1) + 1)
        return change(id, options, {})
      },
      async secret(id, scope) {
        call('secret', id, scope)
        return find(id, scope) && `whsec_${id}_${secrets.get(id) ?? 1}`
      },
      reseal: async () => 0,
      async test(id, scope) {
        call('test', id, scope)
        const endpoint = find(id, scope)
        return endpoint && { ...recordOf(endpoint, 'msg_test'), callback: 'ringback.test' }
      },
    },
    async deliveries(filter = {}) {
      call('deliveries', filter)
      const { owner, endpoint, id, cursor, limit = 100 } = filter
      const own = records.filter((one) => one.owner === owner && one.endpoint === endpoint)
      const after = own.slice(own.findIndex((one) => one.id === cursor) + 1)
      return after.filter((one) => id === undefined || one.id === id).slice(0, limit)
    },
    async redrive(id, scope = {}) {
      call('redrive', id, scope)
      const found = records.find((one) => one.id === id && one.owner === scope.owner)
      if (!found) throw senderError('unknown', 'there is no such delivery')
      return { ...found, state: 'scheduled', dueAt: NOW }
    },
    async recover(range, scope) {
      call('recover', range, scope)
      return 3
    },
    async replay(range, scope) {
      call('replay', range, scope)
      return 4
    },
  }
}

/** Makes a dead delivery to an endpoint, with one attempt. */
export function recordOf({ id, owner, url }: Endpoint, delivery: string): DeliveryRecord {
  return {
    id: delivery,
    state: 'dead',
    reason: 'exhausted',
    detail: '10.0.0.7 refused the connection',
    owner,
    operationId: '',
    callback: 'invoice.paid',
    method: 'post',
    url,
    endpoint: id,
    attemptCount: 1,
    createdAt: NOW,
    attempts: [
      {
        startedAt: NOW,
        duration: 12,
        status: 500,
        reason: 'status',
        detail: 'the receiver responded 500',
        response: { headers: { server: 'internal' }, body: 'hunter2' },
      },
    ],
  }
}
