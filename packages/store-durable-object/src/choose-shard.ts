/**
 * Chooses the object of an owner: the one with the highest hash of both, so that with more objects an owner stays where
 * it is, or moves to a new one. It never changes, since it says where deliveries are.
 */
export function chooseShard(owner: string, shards: number): number {
  let chosen = 0
  let highest = -1
  for (let shard = 0; shard < shards; shard += 1) {
    const score = mix(hash(owner) ^ Math.imul(shard + 1, 0x9e3779b1))
    if (score > highest) [chosen, highest] = [shard, score]
  }
  return chosen
}

/** FNV-1a over UTF-16. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193)
  }
  return value
}

/** The last step of MurmurHash3, which spreads each bit over all. */
function mix(value: number): number {
  let mixed = value ^ (value >>> 16)
  mixed = Math.imul(mixed, 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) >>> 0
}
