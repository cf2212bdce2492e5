/** Called with the error of a shard that is down, while others respond. */
export type OnShardError = (error: unknown, shard: number) => void

/** The results of the shards that have responded, and the numbers of those that have not. */
export interface ShardResults<TResult> {
  readonly results: readonly TResult[]
  readonly missing: readonly number[]
}

/** Asks several shards at once, and goes on without those that are down; rejects when none responds. */
export async function askShards<TResult>(
  shards: readonly number[],
  ask: (shard: number) => Promise<TResult>,
  onError: OnShardError,
): Promise<ShardResults<TResult>> {
  const settled = await Promise.allSettled(shards.map(ask))
  const results: TResult[] = []
  const errors = new Map<number, unknown>()
  for (const [index, shard] of shards.entries()) {
    const one = settled[index]
    if (one?.status === 'fulfilled') results.push(one.value)
    else errors.set(shard, one?.reason)
  }
  if (results.length === 0) throw errors.values().next().value
  for (const [shard, error] of errors) onError(error, shard)
  return { results, missing: [...errors.keys()] }
}

/**
 * Asks one shard after the other until one has what is looked for. Rejects where none has it and one is down, which may
 * have it.
 */
export async function findInShards<TFound>(
  shards: readonly number[],
  find: (shard: number) => Promise<TFound | undefined>,
): Promise<TFound | undefined> {
  let failure: { readonly error: unknown } | undefined
  for (const shard of shards) {
    try {
      const found = await find(shard)
      if (found !== undefined) return found
    } catch (error) {
      failure ??= { error }
    }
  }
  if (failure) throw failure.error
  return undefined
}

/**
 * Erases from one shard after the other, up to a limit. Rejects once those that work have nothing left and one is down,
 * so that nobody takes everything for erased.
 */
export async function eraseFromShards(
  shards: readonly number[],
  { limit = Number.POSITIVE_INFINITY }: { readonly limit?: number },
  erase: (shard: number, limit: { readonly limit?: number }) => Promise<number>,
): Promise<number> {
  let erased = 0
  let failure: { readonly error: unknown } | undefined
  for (const shard of shards) {
    if (erased >= limit) break
    try {
      erased += await erase(shard, Number.isFinite(limit) ? { limit: limit - erased } : {})
    } catch (error) {
      failure ??= { error }
    }
  }
  if (failure && erased === 0) throw failure.error
  return erased
}
