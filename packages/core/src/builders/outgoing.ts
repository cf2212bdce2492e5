import type { BodyOptions, HttpMethod, OutgoingDefinition } from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'
import type { AnySchema } from '../definition/schema.ts'
import type { SecurityAlternatives, SecurityScheme } from '../definition/security.ts'
import { setOnce } from '../definition/set-once.ts'
import type { DeclaredStatus } from '../definition/status.ts'
import { describing } from './describing.ts'
import { type CallbackResponseOptions, withResponse } from './response.ts'
import { requirementOf } from './security.ts'

// fetch refuses to send a body with these
const BODILESS: ReadonlySet<HttpMethod> = new Set<HttpMethod>(['get', 'head', 'trace'])

/** The methods of a request that we send: what callbacks and webhooks have in common. */
export function outgoing<TDefinition extends OutgoingDefinition, TBuilder>(
  definition: TDefinition,
  owner: string,
  extend: (patch: Partial<TDefinition>) => TBuilder,
) {
  const { set: _, ...described } = describing(definition, owner, extend)
  const patched = (patch: Partial<OutgoingDefinition>) => extend(patch as Partial<TDefinition>)
  return {
    ...described,
    body: (schema: AnySchema, options?: BodyOptions): TBuilder => {
      if (BODILESS.has(definition.method)) {
        throw new CoreError(
          'path',
          `${owner} is sent with ${definition.method.toUpperCase()}, which cannot have a body: declare it with 'post'`,
        )
      }
      setOnce(definition, 'body', `${owner} declares its body`)
      return patched({ body: schema, bodyOptions: options })
    },
    response: (
      status: DeclaredStatus,
      schema?: AnySchema,
      options?: CallbackResponseOptions,
    ): TBuilder =>
      patched({
        responses: withResponse(definition.responses, { status, schema, options, owner }),
      }),
    security: (scheme: SecurityScheme | SecurityAlternatives): TBuilder =>
      patched({ security: [...(definition.security ?? []), requirementOf(scheme)] }),
  }
}
