import { escapeSegment } from '../../definition/json-pointer.ts'
import type { JsonSchema } from '../../definition/openapi-message-types.ts'
import type { AnySchema } from '../../definition/schema.ts'
import type { Conversion } from '../conversion.ts'
import { recursionError } from '../local-references.ts'
import { referenceTo } from '../references.ts'
import { refusal, remedyFor } from '../refusal.ts'
import type { At } from './at.ts'
import { dataOf, schemaOf, type ValibotSchema } from './data.ts'
import { targetOf } from './lazy.ts'
import { pipeJson } from './pipe.ts'
import { EXAMPLES } from './remedies.ts'
import { schemaJson } from './schemas.ts'

/**
 * Returns a function that converts valibot schemas by their data; named schemas inside them become references.
 *
 * @throws {CoreError} with `schema`, naming the member, for a part that has no JSON form
 */
export function valibotConverter({
  side,
  wire,
  nameOf,
}: Conversion): (schema: AnySchema) => JsonSchema {
  // of the schema that is being converted: the segments of the position, and the lazy schemas that contain it
  let path: string[] = []
  let open: AnySchema[] = []

  const at: At = {
    side,
    wire,
    refusal: (what, remedy = remedyFor(side, EXAMPLES)) =>
      refusal({ what, pointer: pointerOf(path) }, remedy),
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
      throw at.refusal('an asynchronous schema', 'Let the function return the schema itself.')
    }
    const name = nameOf(target)
    if (name !== undefined) return referenceTo(name)
    if (open.includes(target)) throw recursionError(pointerOf(path))
    open.push(target)
    const json = convert(target)
    open.pop()
    return json
  }
  return (schema) => {
    // `nameOf` may convert another schema meanwhile, to compare the two
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

function pointerOf(path: readonly string[]): string {
  const escaped = path.map((segment) =>
    segment.startsWith('/') ? `/${escapeSegment(segment.slice(1))}` : segment,
  )
  return escaped.join('')
}
