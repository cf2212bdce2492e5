import { CoreError } from '../definition/errors.ts'
import { type AnySchema, nameOf } from '../definition/schema.ts'
import { arkTypeTitleOf } from '../schemas/arktype.ts'
import { dataOf } from '../schemas/valibot/data.ts'
import { valibotTitleOf } from '../schemas/valibot/json-schema.ts'
import { zodIdOf } from '../schemas/zod.ts'

/** The name of a component, and whether it must have it; a title is a name only as long as it is free. */
export interface ComponentName {
  readonly name: string
  readonly isTitle: boolean
}

const LEGAL_NAME = /^[\w.-]+$/

/**
 * The name that a schema's author gave it, where a component can have it: by `named`, by zod's `meta({ id })`, or as
 * the title of a valibot schema or an ArkType.
 *
 * @throws {CoreError} with `schema` for a name that a reference cannot hold
 */
export function componentNameOf(schema: AnySchema): ComponentName | undefined {
  const name = nameOf(schema)
  if (name !== undefined) {
    if (LEGAL_NAME.test(name)) return { name, isTitle: false }
    throw new CoreError('schema', `'${name}' cannot name a component: use letters, digits, . _ -`)
  }
  if (dataOf(schema).kind === 'schema') return titled(valibotTitleOf(schema))
  const id = zodIdOf(schema)
  if (id !== undefined) return { name: id.replaceAll(/[^\w.-]/g, '_'), isTitle: false }
  return titled(arkTypeTitleOf(schema))
}

function titled(title: string | undefined): ComponentName | undefined {
  return title !== undefined && LEGAL_NAME.test(title) ? { name: title, isTitle: true } : undefined
}

/** The same, without what it is. */
export function schemaName(schema: AnySchema): string | undefined {
  return componentNameOf(schema)?.name
}
