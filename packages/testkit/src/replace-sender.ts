import type { Sender } from '@ringback/sender'

/**
 * Puts another sender in the place of an application's own, wherever the application holds it: what its handlers send,
 * and what `sender.deliveries()` and its like do, is the other's. The module of the application stays as it is. Returns
 * a function that puts the own sender back.
 *
 * @example
 * onTestFinished(replaceSender(sender, createSender({ store: memoryStore(), secrets, ...inProcess(receiver) })))
 */
export function replaceSender(sender: Sender, replacement: Sender): () => void {
  const own = { ...sender }
  Object.assign(sender, replacement)
  return () => void Object.assign(sender, own)
}
