import { SenderError } from './errors.ts'

/**
 * Refuses an id that is no text: JavaScript may pass a number, `undefined`, or a whole delivery.
 *
 * @throws {SenderError} with `option`
 */
export function checkId(id: unknown, place: string): void {
  if (typeof id === 'string') return
  const owned = place.startsWith('endpoints.') ? 'an endpoint' : 'a delivery'
  throw new SenderError('option', `${place} takes first the id of ${owned}: give it as text`)
}
