import type { Delivery } from '@ringback/core'
import { checkId } from '../check-id.ts'
import { COUNT, checkMembers, FLAG, oneOf, type Rule, TEXT } from '../check-members.ts'
import { SenderError } from '../errors.ts'
import { refuseUnknown } from '../refuse-unknown.ts'
import type { DeliveryStore, OwnerScope, StoredDelivery } from '../store/delivery-store.ts'
import type { StoredEndpointChange, StoredEndpointFilter } from '../store/endpoint-store.ts'
import { ENDPOINT_PREFIX, type StoredEndpoint } from '../store/stored-endpoint.ts'
import type { EgressPolicy } from '../transport/egress/policy.ts'
import { type ChallengeTarget, type ChallengeTransport, challenge } from './challenge.ts'
import { checkEndpointChange, checkNewEndpoint } from './check-endpoint.ts'
import { checkScope } from './check-scope.ts'
import type { Endpoint } from './endpoint.ts'
import type { EndpointFilter, Endpoints, UpdateOptions } from './endpoints.ts'
import { patternsFor } from './event-names.ts'
import { createTargetOpener, missingMasterKey, openSecrets } from './open-target.ts'
import { resealEndpoints } from './reseal-endpoints.ts'
import { rotateSecret } from './rotate-secret.ts'
import { seal } from './sealed.ts'
import { storeOf } from './store-of.ts'
import { testDelivery } from './test-delivery.ts'

/** The dependencies of the endpoints of a sender. */
export interface EndpointsOptions {
  readonly store: DeliveryStore
  readonly policy: EgressPolicy
  /** Newest first. */
  readonly masterKeys: readonly Uint8Array<ArrayBuffer>[]
  readonly transport: ChallengeTransport
  /** Resolves once the transport is known to guard its connections. */
  readonly guard: () => Promise<void>
  readonly createId: (now: number) => string
  /** Stores a delivery and sends it. */
  readonly enqueue: (delivery: StoredDelivery) => Promise<Delivery>
  /** Says that something may be due. */
  readonly wake: () => void
}

const PAGE = 100
const MESSAGE_PREFIX = 'msg_'
const FILTER = {
  owner: TEXT,
  externalId: TEXT,
  event: TEXT,
  state: oneOf({ enabled: 1, disabled: 1 } satisfies Record<Endpoint['state'], 1>),
  cursor: TEXT,
  limit: COUNT,
} satisfies Record<keyof EndpointFilter, Rule>
const VERIFY = { verify: FLAG }
const UPDATE = { ...VERIFY, owner: TEXT } satisfies Record<keyof UpdateOptions, Rule>

/** Makes the endpoints of a sender. */
export function createEndpoints(options: EndpointsOptions): Endpoints {
  const { policy, masterKeys, transport, createId, wake } = options
  const { clock } = transport
  const endpoints = () => storeOf(options.store)
  const newestKey = () => {
    const [newest] = masterKeys
    if (newest === undefined) throw missingMasterKey()
    return newest
  }
  const open = createTargetOpener(masterKeys, () => clock.now())
  const verifyUrl = async (target: ChallengeTarget) => {
    await options.guard()
    await challenge(target, transport)
  }
  /** Encrypts headers for an endpoint; `undefined` stays, and `null`, which removes them. */
  const sealHeaders = async (
    endpointId: string,
    headers: Readonly<Record<string, string>> | null | undefined,
  ) => {
    if (headers === undefined) return undefined
    if (headers === null) return { headerNames: null, sealedHeaders: null }
    const text = JSON.stringify(headers)
    const sealedHeaders = await seal(newestKey(), text, { endpointId, purpose: 'headers' })
    return { headerNames: Object.keys(headers), sealedHeaders }
  }
  const find = async (id: string, scope: OwnerScope | undefined, place: string) => {
    checkId(id, place)
    return endpoints().find(id, checkScope(scope, place))
  }
  const change = async (
    id: string,
    ...given: readonly [
      change: StoredEndpointChange,
      scope: { readonly owner?: string } | undefined,
      place: string,
    ]
  ) => {
    const [patch, scope, place] = given
    checkId(id, place)
    const changed = await endpoints().change(id, patch, checkScope(scope, place))
    if (changed === 'duplicate') throw taken()
    if (changed) wake()
    return changed && present(changed)
  }

  return {
    async create(given, how = {}) {
      checkMembers('endpoints.create', how, VERIFY)
      const { verify = false } = how
      const masterKey = newestKey()
      const { secret, headers, events = ['*'], ...fields } = await checkNewEndpoint(given, policy)
      const now = clock.now()
      const id = `${ENDPOINT_PREFIX}${createId(now).slice(MESSAGE_PREFIX.length)}`
      const sealed =
        secret && (await seal(masterKey, secret, { endpointId: id, purpose: 'secret' }))
      const key = { generation: 1, ...(sealed && { sealed }) }
      const sealedHeaders = headers && (await sealHeaders(id, headers))
      if (verify) {
        const secrets = await openSecrets(masterKeys, id, key)
        await verifyUrl({ url: fields.url, secrets, headers: headers ?? {} })
      }
      const endpoint = {
        ...fields,
        ...sealedHeaders,
        id,
        events,
        keys: [key],
        state: 'enabled',
        createdAt: now,
        updatedAt: now,
      } as StoredEndpoint
      if (!(await endpoints().add(endpoint))) throw taken()
      return present(endpoint)
    },

    async get(id, scope) {
      const found = await find(id, scope, 'endpoints.get')
      return found && present(found)
    },

    async list(filter = {}) {
      checkMembers('endpoints.list', filter, FILTER)
      const { event, limit = PAGE, ...given } = filter
      const wanted: StoredEndpointFilter = {
        ...given,
        ...(event !== undefined && { patterns: patternsFor(event) }),
        limit: limit + 1,
      }
      const found = await endpoints().query(wanted)
      const page = found.slice(0, limit)
      const last = page.at(-1)
      const isMore = found.length > limit && last !== undefined
      return { endpoints: page.map(present), ...(isMore && { cursor: last.id }) }
    },

    async update(id, given, how = {}) {
      checkId(id, 'endpoints.update')
      checkMembers('endpoints.update', how, UPDATE)
      const { verify = false, ...scope } = how
      const { headers, ...fields } = checkEndpointChange(given, policy)
      if (verify && fields.url !== undefined) {
        const found = await find(id, scope, 'endpoints.update')
        if (found === undefined) return undefined
        const opened = await open(found)
        const sent = headers === undefined ? opened.headers : (headers ?? {})
        await verifyUrl({ url: fields.url, secrets: opened.secrets, headers: sent })
      }
      const sealed = await sealHeaders(id, headers)
      return change(id, { ...fields, ...sealed }, scope, 'endpoints.update')
    },

    enable: (id, scope) => change(id, { state: 'enabled' }, scope, 'endpoints.enable'),

    disable: (id, scope) =>
      change(id, { state: 'disabled', disabledReason: 'application' }, scope, 'endpoints.disable'),

    async delete(id, scope) {
      checkId(id, 'endpoints.delete')
      const whose = checkScope(scope, 'endpoints.delete')
      for (let removed = await endpoints().remove(id, whose); ; ) {
        if (removed !== 'more') return removed === 'removed'
        removed = await endpoints().remove(id, whose)
      }
    },

    async rotate(id, options = {}) {
      checkId(id, 'endpoints.rotate')
      refuseUnknown('endpoints.rotate', options, ['secret', 'overlap', 'owner'])
      const { secret: _secret, overlap: _overlap, ...given } = options
      const rotated = await rotateSecret(id, options, {
        endpoints: endpoints(),
        scope: checkScope(given, 'endpoints.rotate') ?? {},
        clock,
        newestKey,
      })
      return rotated && present(rotated)
    },

    async secret(id, scope) {
      const found = await find(id, scope, 'endpoints.secret')
      const [key] = found?.keys ?? []
      if (key === undefined) return undefined
      newestKey()
      return (await openSecrets(masterKeys, id, key))[0]
    },

    async reseal() {
      const [, ...older] = masterKeys
      return resealEndpoints(endpoints(), [newestKey(), ...older])
    },

    async test(id, scope) {
      const found = await find(id, scope, 'endpoints.test')
      if (found === undefined) return undefined
      newestKey()
      const now = clock.now()
      return options.enqueue(testDelivery(found, { id: createId(now), now }))
    },
  }
}

function present(stored: StoredEndpoint): Endpoint {
  const { keys: _keys, sealedHeaders: _headers, failingSince: _since, ...endpoint } = stored
  return endpoint
}

function taken(): SenderError {
  return new SenderError(
    'duplicate',
    'the owner has another endpoint with this externalId: give another one, or change that endpoint',
  )
}
