import type { JsonSchema } from '../definition/openapi-message-types.ts'
import { isSameJson } from '../schemas/is-same-json.ts'
import { nameCollision } from './component-registry.ts'
import { sorted } from './sorted.ts'

/** The written schemas of a document's components. */
export interface Definitions {
  /**
   * Writes a component; the same one may be written again.
   *
   * @throws {CoreError} with `duplicate-name` for two different ones of a name
   */
  readonly define: (name: string, json: JsonSchema, place: string) => void
  readonly named: (name: string) => JsonSchema | undefined
  readonly all: () => Record<string, JsonSchema>
}

/** Creates the definitions of a document. */
export function createDefinitions(): Definitions {
  const written = new Map<string, { readonly json: JsonSchema; readonly place: string }>()
  return {
    define(name, json, place) {
      const other = written.get(name)
      if (other === undefined) written.set(name, { json, place })
      else if (!isSameJson(other.json, json)) throw nameCollision(name, other.place, place)
    },
    named: (name) => written.get(name)?.json,
    all: () => sorted(written, ({ json }) => json),
  }
}
