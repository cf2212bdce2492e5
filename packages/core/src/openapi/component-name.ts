import { CoreError } from '../definition/errors.ts'
import { type AnySchema, nameOf } from '../definition/schema.ts'
import { titleOf } from '../schemas/title-of.ts'

/** The name of a component. A title yields to another schema of that name, any other name is an error then. */
export interface ComponentName {
  readonly name: string
  readonly isTitle: boolean
}

const LEGAL_NAME = /^[\w.-]+$/

/**
 * The component name of a schema: that of `namedSchema`, or the id or title that its library gives it. A title that is
 * no legal name counts as none.
 *
 * @throws {CoreError} with `schema` for a name of `namedSchema` that a reference cannot hold
 */
export function componentNameOf(schema: AnySchema): ComponentName | undefined {
  const name = nameOf(schema)
  if (name !== undefined) {
    if (LEGAL_NAME.test(name)) return { name, isTitle: false }
    throw new CoreError('schema', `'${name}' cannot name a component: use letters, digits, . _ -`)
  }
  const title = titleOf(schema)
  if (title === undefined) return undefined
  const { text, isId } = title
  if (isId) return { name: text.replaceAll(/[^\w.-]/g, '_'), isTitle: false }
  return LEGAL_NAME.test(text) ? { name: text, isTitle: true } : undefined
}

/** The name alone. */
export function schemaName(schema: AnySchema): string | undefined {
  return componentNameOf(schema)?.name
}
