import { CoreError } from './errors.ts'

/**
 * Refuses an option that does not exist, such as a misspelled one, which would silently do nothing.
 *
 * @throws {CoreError} with `option`, naming the function
 */
export function requireKnown(options: object, known: object, owner: string): void {
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(known, name))
  if (unknown === undefined) return
  throw new CoreError(
    'option',
    `${owner} has no option '${unknown}'; its options are ${Object.keys(known).join(', ')}`,
  )
}
