import type { PostgresDriver } from './driver.ts'
import { StoreError } from './errors.ts'
import type { PostgresStoreOptions } from './postgres-store.ts'

// the compiler compares it with the type
const OPTIONS = { schema: 1, clock: 1 } satisfies Record<keyof PostgresStoreOptions, 1>

/**
 * Refuses arguments that the compiler refuses too, for JavaScript.
 *
 * @throws {StoreError} `option`
 */
export function checkArguments(
  driver: Partial<PostgresDriver> | undefined,
  options: Partial<PostgresStoreOptions>,
): void {
  if (typeof driver?.run !== 'function') {
    refuse('takes a driver first, such as pgDriver(pool): a connection alone is none')
  }
  if (options === null || typeof options !== 'object' || Array.isArray(options)) {
    refuse('takes its options in an object, such as { schema }')
  }
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(OPTIONS, name))
  if (unknown !== undefined) {
    refuse(`has no option '${unknown}': it takes ${Object.keys(OPTIONS).join(' and ')}`)
  }
  const { clock } = options
  if (clock !== undefined && typeof Reflect.get(Object(clock), 'now') !== 'function') {
    refuse('has a clock that does not tell the time: give an object with the function now')
  }
}

function refuse(problem: string): never {
  throw new StoreError('option', `postgresStore ${problem}`)
}
