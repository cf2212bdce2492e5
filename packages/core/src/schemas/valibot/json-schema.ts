import { CoreError } from '../../definition/errors.ts'
import type { JsonSchema } from '../../definition/openapi-message-types.ts'
import type { AnySchema } from '../../definition/schema.ts'
import { type At, escaped, refusal } from '../at.ts'
import type { Conversion } from '../json-schema.ts'
import { referenceTo } from '../references.ts'
import { dataOf, schemaOf, type ValibotAction, type ValibotSchema } from './data.ts'
import { targetOf } from './lazy.ts'
import { pipeJson } from './pipe.ts'
import { both, REMEDY } from './remedies.ts'
import { schemaJson } from './schemas.ts'

/**
 * Converts valibot schemas by the data that they consist of; the named schemas inside them become references.
 *
 * @throws {CoreError} with `schema`, naming the member, for what has no JSON form
 */
export function valibotConverter({
  side,
  wire,
  nameOf,
}: Conversion): (schema: AnySchema) => JsonSchema {
  // of the schema that is being converted: the way down, and what lazy schemas lead to on it
  let path: string[] = []
  let open: AnySchema[] = []

  const pointer = () => path.map(escaped).join('')
  const at: At = {
    side,
    wire,
    refusal: (what, remedy = REMEDY) => refusal({ side, pointer: pointer() }, what, remedy),
    inside(part, segment) {
      const name = nameOf(part)
      if (name !== undefined) return referenceTo(name)
      path.push(segment)
      const json = convert(part)
      path.pop()
      return json
    },
  }
  const convert = (inner: AnySchema): JsonSchema => {
    const data = dataOf(inner)
    if (data.pipe) return pipeJson(data.pipe, at)
    return data.type === 'lazy' ? lazy(data) : schemaJson(data, at)
  }
  const lazy = (data: ValibotSchema): JsonSchema => {
    const target = schemaOf(targetOf(data))
    if (target instanceof Promise) {
      const remedy = both('Let the function give the schema itself.')
      throw at.refusal('a schema that is given asynchronously', remedy)
    }
    const name = nameOf(target)
    if (name !== undefined) return referenceTo(name)
    if (open.includes(target)) {
      throw new CoreError(
        'schema',
        `at '${pointer()}', a recursive schema needs a name: wrap it in namedSchema('Name', …).`,
      )
    }
    open.push(target)
    const json = convert(target)
    open.pop()
    return json
  }
  return (schema) => {
    // to learn a name, another schema may be converted meanwhile
    const outer = { path, open }
    path = []
    open = [schema]
    try {
      return convert(schema)
    } finally {
      ;({ path, open } = outer)
    }
  }
}

/** The title that `v.title` gave. */
export function valibotTitleOf(schema: AnySchema): string | undefined {
  const { pipe } = dataOf(schema)
  if (!pipe) return undefined
  let title: string | undefined
  for (const item of pipe) if (item.type === 'title') ({ title } = item as ValibotAction)
  return title
}
