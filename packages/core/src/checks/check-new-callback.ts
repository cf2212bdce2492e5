import type { AnyCallback, OperationDefinition } from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'
import { placeOf } from '../definition/path.ts'
import { setOnce } from '../definition/set-once.ts'

/**
 * Refuses a callback that an operation cannot add.
 *
 * @throws {CoreError} with `option` for a value that is no callback; `set-twice` or `duplicate-name` for a name that
 *   another has
 */
export function checkNewCallback(
  definition: OperationDefinition,
  name: string,
  callback: AnyCallback,
): void {
  if (typeof __RINGBACK_CHECKS__ !== 'undefined' && !__RINGBACK_CHECKS__) return
  const { callbacks, inherited } = definition
  const owner = `the operation ${placeOf(definition)}`
  if (typeof name !== 'string' || !callback?.['~attach']) {
    throw new CoreError(
      'option',
      `${owner} gives .callback(…) no callback; give it a name and one: .callback('paid', callback('post', '{$request.body#/callbackUrl}'))`,
    )
  }
  setOnce(callbacks, name, `${owner} declares the callback '${name}'`)
  if (Object.hasOwn(inherited, name)) {
    throw new CoreError(
      'duplicate-name',
      `the callback '${name}' is declared by ${inherited[name]?.from} and by ${owner}; give one of them another name`,
    )
  }
}
