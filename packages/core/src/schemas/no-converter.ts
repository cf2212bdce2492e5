import { CoreError } from '../definition/errors.ts'
import type { AnySchema } from '../definition/schema.ts'
import { converterOf } from './standard.ts'

/** Whether a schema converts itself, or is converted here. */
export function hasConverter(schema: AnySchema): boolean {
  return converterOf(schema) !== undefined || schema['~standard'].vendor === 'valibot'
}

const OTHER_ZOD =
  "this schema of zod does not convert itself to JSON Schema; install zod 4.2 or later, or for zod/mini give the document its converter: schemas: [{ vendor: 'zod', toJsonSchema: (schema, { side }) => z.toJSONSchema(schema, { io: side }) }]"

/** The error for a schema of a library without a converter to JSON Schema. */
export function noConverter(place: string, vendor: string): CoreError {
  const why =
    vendor === 'zod'
      ? OTHER_ZOD
      : `${vendor} schemas do not convert themselves to JSON Schema; give the document a converter: schemas: [{ vendor: '${vendor}', toJsonSchema }]`
  return new CoreError('schema', `${place} cannot be documented: ${why}`)
}
