/**
 * Makes the function that makes `webhook-id`s: 48 bits of time, so that ids sort by age, and 80 random ones. Within
 * a millisecond, and while the clock goes back, the next is one higher, so that ids sort in the order in which
 * they were made. They have no dot, which would blur the signed content.
 */
export function createIds(): (now: number) => string {
  let time = -1
  let random = new Uint8Array(10)
  return (now) => {
    if (now > time) {
      time = now
      random = crypto.getRandomValues(new Uint8Array(10))
      random[0] = (random[0] ?? 0) & 0x7f // room to count up
    } else {
      increment(random)
    }
    const digits = Array.from(random, (byte) => byte.toString(16).padStart(2, '0')).join('')
    return `msg_${time.toString(16).padStart(12, '0')}${digits}`
  }
}

function increment(bytes: Uint8Array): void {
  for (let index = bytes.length - 1; index >= 0; index -= 1) {
    const next = ((bytes[index] ?? 0) + 1) & 0xff
    bytes[index] = next
    if (next !== 0) return
  }
}
