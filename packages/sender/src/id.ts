/** Makes a `webhook-id`: 48 bits of time, so that ids sort by age, and 80 random ones. Has no dot, which would blur the signed content. */
export function createId(now: number): string {
  const random = crypto.getRandomValues(new Uint8Array(10))
  const time = now.toString(16).padStart(12, '0')
  return `msg_${time}${Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('')}`
}
