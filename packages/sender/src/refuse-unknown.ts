import { closestName } from './closest-name.ts'
import { SenderError } from './errors.ts'
import { isRecord } from './is-record.ts'

/**
 * Refuses what is no object, and an object that has a member besides the known ones.
 *
 * @throws {SenderError} with `option`
 */
export function refuseUnknown(place: string, given: unknown, known: readonly string[]): void {
  // JavaScript: an owner where { owner } is meant, or null
  if (!isRecord(given)) {
    throw new SenderError('option', `${place} takes an object with ${known.join(', ')}`)
  }
  const unknown = Object.keys(given).find((name) => !known.includes(name))
  if (unknown === undefined) return
  const meant = closestName(unknown, known)
  throw new SenderError(
    'option',
    `${place} has no option '${unknown}': ${meant ? `did you mean '${meant}'?` : `it takes ${known.join(', ')}`}`,
  )
}
