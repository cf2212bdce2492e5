import type { EndpointStore } from '../store/endpoint-store.ts'
import type { SecretGeneration, StoredEndpoint } from '../store/stored-endpoint.ts'
import { isSealedBy, reseal } from './sealed.ts'

type Key = Uint8Array<ArrayBuffer>

const PAGE = 100

/**
 * Seals the imported secrets and the headers of every endpoint anew, under the first of the master keys. Resolves to how
 * many endpoints have changed.
 *
 * @throws {SenderError} with `secret` for a text that none of the keys opens
 */
export async function resealEndpoints(
  endpoints: EndpointStore,
  masterKeys: readonly [newest: Key, ...older: Key[]],
): Promise<number> {
  let count = 0
  for (let cursor: string | undefined; ; ) {
    const page = await endpoints.query({ limit: PAGE, ...(cursor !== undefined && { cursor }) })
    for (const { id } of page) if (await resealOne(endpoints, masterKeys, id)) count += 1
    cursor = page.at(-1)?.id
    if (page.length < PAGE) return count
  }
}

async function resealOne(
  endpoints: EndpointStore,
  masterKeys: readonly [newest: Key, ...older: Key[]],
  id: string,
): Promise<boolean> {
  for (;;) {
    // read again: what the page has may be old
    const found = await endpoints.find(id)
    if (found === undefined || !(await needsIt(found, masterKeys[0]))) return false
    const { keys, sealedHeaders } = found
    const change = {
      keys: await Promise.all(keys.map((key) => resealKey(key, masterKeys, id))),
      ...(sealedHeaders !== undefined && {
        sealedHeaders: await reseal(masterKeys, sealedHeaders, {
          endpointId: id,
          purpose: 'headers',
        }),
      }),
    }
    const generation = keys[0]?.generation ?? 0
    // its secret or its headers may have been replaced meanwhile
    const scope = { generation, sealedHeaders: sealedHeaders ?? null }
    if ((await endpoints.change(id, change, scope)) !== undefined) return true
  }
}

async function needsIt({ keys, sealedHeaders }: StoredEndpoint, newest: Key): Promise<boolean> {
  const sealed = [sealedHeaders, ...keys.map((key) => key.sealed)]
  const isNew = await Promise.all(
    sealed.map((text) => text === undefined || isSealedBy(newest, text)),
  )
  return isNew.includes(false)
}

async function resealKey(
  key: SecretGeneration,
  masterKeys: readonly Key[],
  endpointId: string,
): Promise<SecretGeneration> {
  if (key.sealed === undefined) return key
  return { ...key, sealed: await reseal(masterKeys, key.sealed, { endpointId, purpose: 'secret' }) }
}
