const WAITS = [50, 200, 800]

/**
 * Does a call of an object again after the object was lost, as at each deployment; not when it has too much to do.
 * The call is told whether it is repeated.
 *
 * @see https://developers.cloudflare.com/durable-objects/best-practices/error-handling/
 */
export async function repeatAfterReset<TReply>(
  call: (isRepeated: boolean) => Promise<TReply>,
): Promise<TReply> {
  for (const [index, wait] of WAITS.entries()) {
    try {
      return await call(index > 0)
    } catch (error) {
      if (!isReset(error)) throw error
      await new Promise((resolve) => setTimeout(resolve, wait * (0.5 + Math.random() / 2)))
    }
  }
  return call(true)
}

/** The runtime marks its errors; those of the object itself are replies. */
function isReset(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const isMarked = (name: string) => Reflect.get(error, name) === true
  return (isMarked('retryable') || isMarked('durableObjectReset')) && !isMarked('overloaded')
}
