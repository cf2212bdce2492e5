/**
 * Makes a generator of `webhook-id`s: 48 bits of time, so that ids sort by age, then 80 random bits. Within a
 * millisecond, or while the clock goes back, the next id is one higher, so that ids sort in the order they were made.
 * An id has no dot, which would make the signed content ambiguous.
 */
export function createDeliveryIds(): (now: number) => string {
  let time = -1
  let head = ''
  let count = 0
  return (now) => {
    if (now > time) {
      time = now
      const [high = 0, middle = 0, low = 0] = crypto.getRandomValues(new Uint32Array(3))
      head = `msg_${hex(time, 12)}${hex(high, 8)}`
      count = (middle & 0x7fff) * 2 ** 32 + low // 48 bits, with room to count up
    } else {
      count += 1
    }
    return head + hex(count, 12)
  }
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0')
}
