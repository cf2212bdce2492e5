/** Makes a value on the first call and keeps it; a failure is not kept, so the next call tries again. */
export function once<TValue>(make: () => Promise<TValue>): () => Promise<TValue> {
  let made: Promise<TValue> | undefined
  return () => {
    made ??= make().catch((error: unknown) => {
      made = undefined
      throw error
    })
    return made
  }
}
