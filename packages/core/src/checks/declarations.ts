import type { OperationDefinition } from '../definition/definition.ts'
import { pathParametersOf } from '../definition/path.ts'
import type { AnySchema } from '../definition/schema.ts'
import type { Side } from '../schemas/conversion.ts'
import { type Outline, unionOutline } from '../schemas/outline.ts'
import { outlineOf } from '../schemas/outline-of.ts'
import { type SecurityKey, securityKeysOf } from './security-keys.ts'

/** The parts of an exchange that expressions can read, as far as an operation declares them. */
export interface Declarations {
  readonly request: {
    readonly path: readonly string[]
    readonly query: Outline | undefined
    readonly header: Outline | undefined
    readonly body: Outline | undefined
  }
  readonly response: {
    readonly header: Outline | undefined
    readonly body: Outline | undefined
  }
  readonly securityKeys: readonly SecurityKey[]
}

/** The declarations of an operation: of all its responses, or of the one for `status`. */
export function declarationsOf(operation: OperationDefinition, status?: string): Declarations {
  const { query, headers, content = {} } = operation.request
  const responses = Object.entries(operation.responses).flatMap(([key, response]) =>
    status === undefined || key === status ? response : [],
  )
  return {
    request: {
      path: pathParametersOf(operation.path),
      query: outlineOfAll([query], 'input'),
      header: outlineOfAll([headers], 'input'),
      body: outlineOfAll(
        Object.values(content).map(({ schema }) => schema),
        'input',
      ),
    },
    response: {
      header: outlineOfAll(
        responses.map(({ headers }) => headers),
        'output',
      ),
      body: outlineOfAll(
        responses.map(({ schema }) => schema),
        'output',
      ),
    },
    securityKeys: securityKeysOf(operation),
  }
}

/** The outline of a value that fits any of the schemas; `undefined` without a schema. */
function outlineOfAll(
  schemas: readonly (AnySchema | undefined)[],
  side: Side,
): Outline | undefined {
  const outlines = schemas.flatMap((schema) => (schema ? outlineOf(schema, side) : []))
  return outlines.length > 1 ? unionOutline(outlines) : outlines[0]
}
