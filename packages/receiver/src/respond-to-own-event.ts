const LARGEST = 1024
// long enough to be unguessable, and nothing that a browser would run
const CHALLENGE = /^[\w-]{16,128}$/

/**
 * Gives the response to what the sender itself sends to an endpoint, whatever that listens to: a challenge gets its
 * value back, a test event 204. `undefined` for every other body.
 */
export function respondToOwnEvent(bytes: Uint8Array<ArrayBuffer>): Response | undefined {
  if (bytes.byteLength > LARGEST) return undefined
  let event: unknown
  try {
    event = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    return undefined
  }
  if (typeof event !== 'object' || event === null) return undefined
  const type: unknown = Reflect.get(event, 'type')
  if (type === 'ringback.test') return new Response(null, { status: 204 })
  const challenge: unknown = Reflect.get(event, 'challenge')
  if (type !== 'ringback.challenge' || typeof challenge !== 'string') return undefined
  return CHALLENGE.test(challenge) ? Response.json({ challenge }) : undefined
}

/** The same for a request whose signature cannot be verified yet: a challenge alone. */
export function respondToChallenge(bytes: Uint8Array<ArrayBuffer>): Response | undefined {
  const response = respondToOwnEvent(bytes)
  return response?.status === 200 ? response : undefined
}
