import type {
  OperationCallback,
  OutgoingDefinition,
  WebhookDefinition,
} from '../definition/definition.ts'
import { JSON_TYPE } from '../definition/media-type.ts'
import type { ResponseObject } from '../definition/openapi-message-types.ts'
import type { CallbackObject, OperationObject } from '../definition/openapi-types.ts'
import { byStatus } from '../definition/status.ts'
import { requestBodyObject, responseObject } from './content.ts'
import { describe } from './describe.ts'
import { extendOperation } from './extend.ts'
import { fieldParametersOf } from './parameters.ts'
import type { DocumentContext, Place } from './place.ts'
import { signatureParameters } from './signature-parameters.ts'

/** Writes a callback under its runtime expression. */
export function callbackObject(
  definition: OperationCallback,
  operationId: string,
  place: Place,
): CallbackObject {
  const operation = outgoingObject(definition, operationId, place)
  return { [definition.template.source]: { [definition.method]: operation } }
}

/** Writes a webhook's operation. */
export function webhookObject(
  definition: WebhookDefinition,
  document: DocumentContext,
): OperationObject {
  const { name, operationId = name } = definition
  const place = `the webhook '${name}'`
  return outgoingObject(definition, operationId, { place, document, side: 'input' })
}

function outgoingObject(
  definition: OutgoingDefinition,
  operationId: string,
  at: Place,
): OperationObject {
  const { body: schema, mediaType = JSON_TYPE, bodyOptions, extensions } = definition
  const { signed, reusable } = at.document
  const operation = describe(definition, operationId)
  const parameters = [
    ...fieldParametersOf(definition, at),
    ...(signed ? signatureParameters(reusable) : []),
  ]
  if (parameters.length > 0) operation.parameters = parameters
  if (schema) {
    operation.requestBody = requestBodyObject({ [mediaType]: { ...bodyOptions, schema } }, at)
  }
  const responses = byStatus<ResponseObject>()
  for (const status in definition.responses) {
    const response = definition.responses[status]
    if (response) responses[status] = responseObject(response, status, at)
  }
  operation.responses = responses
  return extendOperation(operation, extensions, at.place)
}
