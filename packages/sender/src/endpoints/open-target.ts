import { SenderError } from '../errors.ts'
import type { DeliveryTarget, SecretGeneration } from '../store/stored-endpoint.ts'
import { deriveSecret } from './endpoint-keys.ts'
import { unseal } from './sealed.ts'

/** The secrets that an endpoint is signed for now, newest first, and the headers that it is sent. */
export interface OpenedTarget {
  readonly secrets: readonly string[]
  readonly headers: Readonly<Record<string, string>>
}

type Key = Uint8Array<ArrayBuffer>

const MANY = 1000

/**
 * Makes the function that gives the secrets and headers of an endpoint. It keeps what it has derived or opened, since
 * each attempt asks for it.
 */
export function createTargetOpener(
  masterKeys: readonly Key[],
  now: () => number,
): (target: DeliveryTarget) => Promise<OpenedTarget> {
  const kept = new Map<string, Promise<readonly string[]>>()
  const keep = (key: string, make: () => Promise<readonly string[]>) => {
    const known = kept.get(key)
    if (known) return known
    for (const oldest of kept.keys()) {
      if (kept.size < MANY) break
      kept.delete(oldest)
    }
    const made = make()
    kept.set(key, made)
    // what fails is tried again
    made.catch(() => kept.delete(key))
    return made
  }

  return async ({ id, keys, sealedHeaders }) => {
    if (masterKeys.length === 0) throw missingMasterKey()
    const live = keys.filter(({ until }, index) => index === 0 || (until ?? 0) > now())
    const secrets = await Promise.all(
      live.map((key) =>
        keep(JSON.stringify([id, key.generation, key.sealed]), () =>
          openSecrets(masterKeys, id, key),
        ),
      ),
    )
    const headers =
      sealedHeaders === undefined ? {} : await openHeaders(masterKeys, id, sealedHeaders)
    return { secrets: secrets.flat(), headers }
  }
}

/**
 * Gives the secret of one generation: a derived one under each master key, so that receivers verify it while the key is
 * being replaced.
 *
 * @throws {SenderError} with `secret`
 */
export async function openSecrets(
  masterKeys: readonly Key[],
  endpointId: string,
  { generation, sealed }: SecretGeneration,
): Promise<readonly string[]> {
  if (sealed !== undefined) {
    return [await unseal(masterKeys, sealed, { endpointId, purpose: 'secret' })]
  }
  return Promise.all(masterKeys.map((key) => deriveSecret(key, endpointId, generation)))
}

/** The error of a sender that works with endpoints, and has no master key. */
export function missingMasterKey(): SenderError {
  return new SenderError(
    'option',
    'endpoints need a master key, which their secrets are derived from: give createSender({ masterKey: process.env.WEBHOOK_MASTER_KEY }), a text that generateMasterKey() of @ringback/sender has made once',
  )
}

async function openHeaders(
  masterKeys: readonly Key[],
  endpointId: string,
  sealed: string,
): Promise<Readonly<Record<string, string>>> {
  const text = await unseal(masterKeys, sealed, { endpointId, purpose: 'headers' })
  // sealed by `create` or `update`, and authenticated
  return JSON.parse(text) as Record<string, string>
}
