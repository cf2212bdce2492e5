import { SenderError } from '../errors.ts'
import { decodeBase64, encodeBase64 } from './base64.ts'

const BYTES = 32
const REMEDY =
  'make one with generateMasterKey() of @ringback/sender, and keep it in an environment variable'

/**
 * Reads the option `masterKey`: one key, or several, newest first.
 *
 * @throws {SenderError} with `option`, which never contains a key
 */
export function readMasterKeys(
  option: string | readonly string[],
): readonly Uint8Array<ArrayBuffer>[] {
  const list: readonly unknown[] = Array.isArray(option) ? option : [option]
  if (list.length === 0) refuse('masterKey', 'is an empty list')
  const texts = new Set<string>()
  return list.map((text, index) => {
    const name = Array.isArray(option) ? `masterKey[${index}]` : 'masterKey'
    if (typeof text !== 'string' || text === '') return refuse(name, 'is not set')
    if (/^wh(?:sec|sk|pk)_/.test(text)) return refuse(name, 'is a signing secret, not a master key')
    const bytes = decodeBase64(text)
    if (bytes === undefined) return refuse(name, 'is not base64')
    if (bytes.length < BYTES) return refuse(name, `has fewer than ${BYTES} bytes`)
    const same = encodeBase64(bytes)
    if (texts.has(same)) {
      throw new SenderError('option', `${name} is in the list twice: give each key once`)
    }
    texts.add(same)
    return bytes
  })
}

/**
 * Derives the secret of one generation of an endpoint, by HKDF-SHA-256: the same one in every process.
 *
 * @example
 * await deriveSecret(masterKey, 'ep_2expen51ve', 1) // 'whsec_…'
 *
 * @see https://www.rfc-editor.org/rfc/rfc5869
 */
export async function deriveSecret(
  masterKey: Uint8Array<ArrayBuffer>,
  endpointId: string,
  generation: number,
): Promise<string> {
  const bytes = await deriveBytes(masterKey, ['endpoint secret', endpointId, String(generation)])
  return `whsec_${encodeBase64(bytes)}`
}

/** Gives the public name of a master key, which tells nothing of the key: 12 characters. */
export async function keyIdOf(masterKey: Uint8Array<ArrayBuffer>): Promise<string> {
  return encodeBase64((await deriveBytes(masterKey, ['key id'])).subarray(0, 9))
}

/**
 * Derives 32 bytes from a master key for one purpose. The purpose is written as JSON, so that no two can be spelled
 * alike.
 */
export async function deriveBytes(
  masterKey: Uint8Array<ArrayBuffer>,
  purpose: readonly string[],
): Promise<Uint8Array<ArrayBuffer>> {
  const key = await crypto.subtle.importKey('raw', masterKey, 'HKDF', false, ['deriveBits'])
  // the version stands for all that is derived: another way of deriving gets another
  const info = new TextEncoder().encode(JSON.stringify(['ringback v1', ...purpose]))
  const salt = new Uint8Array(0)
  const params = { name: 'HKDF', hash: 'SHA-256', salt, info }
  return new Uint8Array(await crypto.subtle.deriveBits(params, key, BYTES * 8))
}

function refuse(name: string, problem: string): never {
  throw new SenderError('option', `${name} ${problem}: ${REMEDY}`)
}
