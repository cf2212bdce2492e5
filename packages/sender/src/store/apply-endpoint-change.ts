import type { StoredEndpointChange } from './endpoint-store.ts'
import type { StoredEndpoint } from './stored-endpoint.ts'

/** Gives an endpoint after a change; what is `null` is removed. An endpoint that is enabled begins anew. */
export function applyEndpointChange(
  endpoint: StoredEndpoint,
  change: StoredEndpointChange,
  now: number,
): StoredEndpoint {
  const members = Object.entries({ ...endpoint, ...change }).filter(
    ([name, value]) => value !== null && value !== undefined && !isOver(name, change),
  )
  // the members are those of an endpoint, and of its change without those that it removes
  return { ...(Object.fromEntries(members) as unknown as StoredEndpoint), updatedAt: now }
}

/** Whether a member ends with the disabled state. */
function isOver(name: string, { state }: StoredEndpointChange): boolean {
  return state === 'enabled' && (name === 'disabledReason' || name === 'failingSince')
}
