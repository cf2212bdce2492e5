import type { Clock } from '../clock.ts'
import { SenderError } from '../errors.ts'
import type { EndpointStore } from '../store/endpoint-store.ts'
import type { OwnerScope } from '../store/stored-delivery.ts'
import type { StoredEndpoint } from '../store/stored-endpoint.ts'
import { checkSecret } from './check-endpoint.ts'
import type { RotateOptions } from './endpoints.ts'
import { seal } from './sealed.ts'

/** Where a secret is replaced. */
export interface RotateContext {
  readonly endpoints: EndpointStore
  readonly scope: OwnerScope
  readonly clock: Pick<Clock, 'now'>
  /** @throws {SenderError} with `option` */
  readonly newestKey: () => Uint8Array<ArrayBuffer>
}

const DAY = 24 * 60 * 60_000
const MOST_KEYS = 10

/**
 * Gives an endpoint a new generation of its secret. The ones before sign until their overlap ends.
 *
 * @throws {SenderError} with `endpoint`, `secret` or `option`
 */
export async function rotateSecret(
  id: string,
  { secret, overlap = DAY }: Omit<RotateOptions, 'owner'>,
  { endpoints, scope, clock, newestKey }: RotateContext,
): Promise<StoredEndpoint | undefined> {
  const masterKey = newestKey()
  if (!(Number.isFinite(overlap) && overlap >= 0)) {
    throw new SenderError('endpoint', 'overlap is no number of milliseconds: give 0 or more')
  }
  if (secret !== undefined) await checkSecret(secret)
  const sealed = secret && (await seal(masterKey, secret, { endpointId: id, purpose: 'secret' }))
  for (;;) {
    const found = await endpoints.find(id, scope)
    if (found === undefined) return undefined
    const now = clock.now()
    const [newest, ...older] = found.keys
    const generation = newest?.generation ?? 0
    const until = Math.floor(now + overlap)
    const before = [
      ...(newest && overlap > 0 ? [{ ...newest, until }] : []),
      ...older.filter((key) => (key.until ?? 0) > now),
    ]
    if (before.length >= MOST_KEYS) {
      throw new SenderError(
        'endpoint',
        `the endpoint '${id}' has ${MOST_KEYS} secrets that still sign: wait until their overlap ends, or give a shorter one`,
      )
    }
    const keys = [{ generation: generation + 1, ...(sealed && { sealed }) }, ...before]
    // somebody else may have replaced it meanwhile
    const changed = await endpoints.change(id, { keys }, { ...scope, generation })
    if (changed !== undefined && changed !== 'duplicate') return changed
  }
}
