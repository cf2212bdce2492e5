// Latencies are counted in buckets that grow by a fourth root of two, so that a percentile is within a tenth of the truth
// from a millisecond to months, and the counts of several processes, stores or hours are added up.

const PER_DOUBLING = 4

/** Gives the bucket of so many milliseconds: 0 up to one millisecond, then four for each doubling. */
export function bucketOf(milliseconds: number): number {
  if (!(milliseconds > 1)) return 0
  return Math.ceil(Math.log2(milliseconds) * PER_DOUBLING)
}

/** Gives the milliseconds that stand for a bucket: the middle, as ratios go. */
export function millisecondsOf(bucket: number): number {
  return bucket === 0 ? 1 : 2 ** ((bucket - 0.5) / PER_DOUBLING)
}

/**
 * Gives the milliseconds within which a share of what was counted is; `undefined` where nothing was.
 *
 * @example
 * percentileOf(new Map([[0, 98], [40, 2]]), 0.99) // 939, the middle of the bucket up to 1024
 */
export function percentileOf(
  counts: ReadonlyMap<number, number>,
  share: number,
): number | undefined {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  if (total === 0) return undefined
  let left = Math.ceil(total * share)
  for (const [bucket, count] of [...counts].sort(([a], [b]) => a - b)) {
    left -= count
    if (left <= 0) return Math.round(millisecondsOf(bucket))
  }
  return undefined
}
