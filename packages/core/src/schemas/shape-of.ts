import type { AnySchema } from '../definition/schema.ts'
import { arkTypeShape } from './arktype-shape.ts'
import type { Side } from './conversion.ts'
import { jsonSchemaShape } from './json-schema-shape.ts'
import type { Shape } from './shape.ts'
import { valibotShape } from './valibot/shape.ts'
import { zodShape } from './zod-shape.ts'

/** Makes the shape of one side of a schema: by its library's data, or else by the JSON Schema of its converter. */
export function shapeOf(schema: AnySchema, side: Side): Shape {
  const known = new Map<AnySchema, Shape>()

  const inner = (one: AnySchema): Shape => {
    const found = known.get(one)
    if (found) return found
    // where a schema contains itself without being lazy, as getters of zod let it
    let made: Shape | undefined
    known.set(one, { kind: 'lazy', target: () => made ?? { kind: 'any' } })
    made = make(one)
    known.set(one, made)
    return made
  }

  const make = (one: AnySchema): Shape => {
    const { vendor } = one['~standard']
    if (typeof __RINGBACK_OTHER_SCHEMAS__ === 'undefined' || __RINGBACK_OTHER_SCHEMAS__) {
      if (vendor === 'zod') return zodShape(one, side, inner)
      if (vendor === 'arktype') return arkTypeShape(one, side)
      if (vendor !== 'valibot') return jsonSchemaShape(one, side)
    }
    return valibotShape(one, side, inner)
  }

  return inner(schema)
}
