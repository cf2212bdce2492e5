/**
 * Makes a generator of `webhook-id`s: 48 bits of time and 16 of a count within a millisecond, so that ids sort in the
 * order in which they were made, then 64 random bits, so that none can be guessed from another. An id has no dot, which
 * would make the signed content ambiguous.
 */
export function createDeliveryIds(): (now: number) => string {
  let time = -1
  let count = 0
  let head = ''
  const random = new Uint32Array(POOL)
  let used = POOL
  return (now) => {
    if (now > time || count === LAST_COUNT) {
      // the clock may have gone back, or a millisecond been used up
      time = Math.max(now, time + 1)
      count = 0
      head = `msg_${hex(time, 12)}`
    } else count += 1
    if (used === POOL) {
      crypto.getRandomValues(random)
      used = 0
    }
    const tail = hex(random[used] ?? 0, 8) + hex(random[used + 1] ?? 0, 8)
    used += 2
    return head + hex(count, 4) + tail
  }
}

const POOL = 256
const LAST_COUNT = 0xffff

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0')
}
