import { refuseBody } from '../definition/bodiless.ts'
import type { BodyOptions, OutgoingDefinition } from '../definition/definition.ts'
import type { AnySchema } from '../definition/schema.ts'
import type { SecurityAlternatives, SecurityScheme } from '../definition/security.ts'
import { setOnce } from '../definition/set-once.ts'
import type { DeclaredStatus } from '../definition/status.ts'
import { requireSchema } from '../schemas/require-schema.ts'
import { metadataMethodsOf } from './metadata-methods.ts'
import { type CallbackResponseOptions, withResponse } from './response.ts'
import { requirementOf } from './security.ts'

/** The methods that callbacks and webhooks, which the API sends, have in common. */
export function outgoingMethodsOf<TBuilder>(
  definition: OutgoingDefinition,
  owner: string,
  extend: (patch: Partial<OutgoingDefinition>) => TBuilder,
) {
  return {
    ...metadataMethodsOf(definition, owner, extend),
    body: (schema: AnySchema, options?: BodyOptions): TBuilder => {
      refuseBody(definition.method, owner)
      requireSchema(schema, owner, 'body(…)')
      setOnce(definition, 'body', `${owner} declares its body`)
      return extend({ body: schema, bodyOptions: options })
    },
    response: (
      status: DeclaredStatus,
      schema?: AnySchema,
      options?: CallbackResponseOptions,
    ): TBuilder =>
      extend({ responses: withResponse(definition.responses, { status, schema, options, owner }) }),
    security: (scheme: SecurityScheme | SecurityAlternatives): TBuilder =>
      extend({ security: [...(definition.security ?? []), requirementOf(scheme)] }),
  }
}
