import { checkDelivery } from '../checks/check-delivery.ts'
import { outgoingFields, refuseOwnHeader } from '../checks/outgoing-fields.ts'
import { refuseSecondCredential } from '../checks/refuse-second-credential.ts'
import { refuseBody } from '../definition/bodiless.ts'
import type {
  BodyOptions,
  DeliveryOptions,
  OutgoingDefinition,
  OutgoingPart,
} from '../definition/definition.ts'
import { checkOutgoingType } from '../definition/outgoing-type.ts'
import { requireScheme } from '../definition/require-scheme.ts'
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
  const declareBody = (patch: Partial<OutgoingDefinition>): TBuilder => {
    refuseBody(definition.method, owner)
    setOnce(definition, 'body', `${owner} declares its body`)
    return extend(patch)
  }
  const declareFields = (part: OutgoingPart) => (schema: AnySchema) => {
    requireSchema(schema, owner, `${part}(…)`)
    setOnce(definition, part, `${owner} declares its ${part}`)
    const takes = { ...definition.takes, [part]: outgoingFields(part, schema, owner) }
    return extend({ [part]: schema, takes })
  }
  return {
    ...metadataMethodsOf(definition, owner, extend),
    body: (schema: AnySchema, options?: BodyOptions): TBuilder => {
      requireSchema(schema, owner, 'body(…)')
      return declareBody({ body: schema, bodyOptions: options })
    },
    bodyAs: (mediaType: string, schema: AnySchema, options?: BodyOptions): TBuilder => {
      checkOutgoingType(mediaType, owner)
      requireSchema(schema, owner, 'bodyAs(…)')
      return declareBody({ mediaType, body: schema, bodyOptions: options })
    },
    headers: declareFields('headers'),
    query: declareFields('query'),
    delivery: (options: DeliveryOptions): TBuilder => {
      setOnce(definition, 'delivery', `${owner} declares its delivery`)
      checkDelivery(options, owner)
      return extend({ delivery: freezeDelivery(options) })
    },
    response: (
      status: DeclaredStatus,
      schema?: AnySchema,
      options?: CallbackResponseOptions,
    ): TBuilder =>
      extend({ responses: withResponse(definition.responses, { status, schema, options, owner }) }),
    security: (scheme: SecurityScheme | SecurityAlternatives): TBuilder => {
      requireScheme(scheme, owner)
      const requirement = requirementOf(scheme)
      for (const { '~object': object } of requirement) {
        if (object.type === 'apiKey' && object.in === 'header') refuseOwnHeader(object.name, owner)
      }
      refuseSecondCredential(definition.security ?? [], requirement, owner)
      return extend({ security: [...(definition.security ?? []), requirement] })
    },
  }
}

/** Copies options, so that they stay as they are. */
function freezeDelivery({ schedule, deadline, overloadWait }: DeliveryOptions): DeliveryOptions {
  return Object.freeze({
    ...(schedule && { schedule: Object.freeze([...schedule]) }),
    ...(deadline !== undefined && { deadline }),
    ...(overloadWait !== undefined && { overloadWait }),
  })
}
