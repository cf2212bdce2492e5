const BYTES = 32

/**
 * Makes a master key: 32 random bytes as base64, for `createSender({ masterKey })`. The secrets of all endpoints are
 * derived from it, so keep it as you keep the database's password, and apart from the database.
 *
 * @example
 * console.log(generateMasterKey()) // once, for an environment variable
 */
export function generateMasterKey(): string {
  return btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(BYTES))))
}
