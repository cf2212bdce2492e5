import { StoreError } from './errors.ts'
import type { SqliteStoreOptions } from './sqlite-store.ts'

// the compiler compares it with the type
const OPTIONS = { durability: 1, clock: 1 } satisfies Record<keyof SqliteStoreOptions, 1>

/**
 * Refuses arguments that the compiler refuses too, for JavaScript.
 *
 * @throws {StoreError} `option`
 */
export function checkArguments(path: unknown, options: Partial<SqliteStoreOptions>): void {
  // SQLite takes '' for a file that it deletes at the end
  if (typeof path !== 'string' || path === '') {
    refuse("takes the path of its file first: give text, such as 'data/callbacks.db'")
  }
  if (options === null || typeof options !== 'object' || Array.isArray(options)) {
    refuse("takes its options in an object, such as { durability: 'full' }")
  }
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(OPTIONS, name))
  if (unknown !== undefined) {
    refuse(`has no option '${unknown}': it takes ${Object.keys(OPTIONS).join(' and ')}`)
  }
  const { durability, clock } = options
  if (durability !== undefined && durability !== 'normal' && durability !== 'full') {
    refuse("does not know this durability: give 'normal' or 'full'")
  }
  if (clock !== undefined && typeof Reflect.get(Object(clock), 'now') !== 'function') {
    refuse('has a clock that does not tell the time: give an object with the function now')
  }
}

function refuse(problem: string): never {
  throw new StoreError('option', `sqliteStore ${problem}`)
}
