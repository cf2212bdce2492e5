import type { BodyOptions, HttpMethod, OutgoingDefinition } from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'
import type { AnySchema } from '../definition/schema.ts'
import type { SecurityAlternatives, SecurityScheme } from '../definition/security.ts'
import { setOnce } from '../definition/set-once.ts'
import type { DeclaredStatus } from '../definition/status.ts'
import { metadataMethodsOf } from './metadata-methods.ts'
import { type CallbackResponseOptions, withResponse } from './response.ts'
import { requirementOf } from './security.ts'

// fetch refuses to send a body with these methods
const BODILESS: ReadonlySet<HttpMethod> = new Set<HttpMethod>(['get', 'head', 'trace'])

/** The methods that callbacks and webhooks, which the API sends, have in common. */
export function outgoingMethodsOf<TBuilder>(
  definition: OutgoingDefinition,
  owner: string,
  extend: (patch: Partial<OutgoingDefinition>) => TBuilder,
) {
  return {
    ...metadataMethodsOf(definition, owner, extend),
    body: (schema: AnySchema, options?: BodyOptions): TBuilder => {
      if (BODILESS.has(definition.method)) {
        throw new CoreError(
          'path',
          `${owner} is sent with ${definition.method.toUpperCase()}, which cannot have a body; declare it with 'post'`,
        )
      }
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
