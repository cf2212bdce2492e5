import type { FailureJudgement } from '../judge-endpoint-failures.ts'
import type { RequestLimit } from '../request-limits.ts'
import type { DeliveryTarget, StoredEndpoint } from '../stored-endpoint.ts'

/** The registered endpoints of a store in memory. */
export interface Registry {
  get(id: string | undefined): StoredEndpoint | undefined
  /** Gives the endpoints of an owner, or all, in the order in which they were added. */
  list(owner?: string): readonly StoredEndpoint[]
  set(endpoint: StoredEndpoint): void
  delete(endpoint: StoredEndpoint): void
  /** Whether another endpoint of its owner has its externalId. */
  isTaken(endpoint: StoredEndpoint): boolean
  /** Writes what an attempt means for an endpoint. */
  judge(endpoint: StoredEndpoint, judgement: FailureJudgement): void
  limitsOf(id: string): RequestLimit | undefined
  targetOf(id: string | undefined): DeliveryTarget | undefined
}

/** Makes a registry without endpoints. */
export function createRegistry(): Registry {
  const byId = new Map<string, StoredEndpoint>()
  const byOwner = new Map<string, Set<string>>()
  const get = (id: string | undefined) => (id === undefined ? undefined : byId.get(id))
  const list = (owner?: string): readonly StoredEndpoint[] => {
    const ids = owner === undefined ? byId.keys() : (byOwner.get(owner) ?? [])
    return [...ids].flatMap((id) => byId.get(id) ?? [])
  }
  const set = (endpoint: StoredEndpoint) => {
    const { id, owner } = endpoint
    byId.set(id, endpoint)
    byOwner.set(owner, (byOwner.get(owner) ?? new Set()).add(id))
  }

  return {
    get,
    list,
    set,
    delete({ id, owner }) {
      byId.delete(id)
      const ids = byOwner.get(owner)
      ids?.delete(id)
      if (ids?.size === 0) byOwner.delete(owner)
    },
    isTaken: ({ id, owner, externalId }) =>
      externalId !== undefined &&
      list(owner).some((other) => other.externalId === externalId && other.id !== id),
    judge({ failingSince: _, ...endpoint }, { failingSince, disabled }) {
      set({
        ...endpoint,
        ...(failingSince !== undefined && { failingSince }),
        ...(disabled && { state: 'disabled', disabledReason: disabled }),
      })
    },
    limitsOf: (id) => byId.get(id)?.limits,
    targetOf(id) {
      const endpoint = get(id)
      if (endpoint === undefined) return undefined
      const { url, keys, sealedHeaders } = endpoint
      return { id: endpoint.id, url, keys, ...(sealedHeaders !== undefined && { sealedHeaders }) }
    },
  }
}
