import type { OperationCallback, OutgoingDefinition, WebhookDefinition } from '../definition.ts'
import { JSON_TYPE } from '../media-type.ts'
import { byStatus } from '../status.ts'
import { type Place, requestBodyObject, responseObject, type Surroundings } from './content.ts'
import { describe } from './describe.ts'
import { extendOperation } from './extend.ts'
import type { ResponseObject } from './message-types.ts'
import { signatureParameters } from './signature-parameters.ts'
import type { CallbackObject, OperationObject } from './types.ts'

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
  document: Surroundings,
): OperationObject {
  const { name, operationId = name } = definition
  return outgoingObject(definition, operationId, { place: `the webhook '${name}'`, document })
}

function outgoingObject(
  definition: OutgoingDefinition,
  operationId: string,
  { place, document }: Place,
): OperationObject {
  const { body, bodyOptions, extensions } = definition
  const operation = describe(definition, operationId)
  if (document.signed) operation.parameters = signatureParameters(document.reusable)
  if (body) {
    const content = {
      [JSON_TYPE]: bodyOptions ? { ...bodyOptions, schema: body } : { schema: body },
    }
    operation.requestBody = requestBodyObject(content, { place, document })
  }
  // whoever implements the callback answers; we parse what he answers
  const responses = byStatus<ResponseObject>()
  for (const status in definition.responses) {
    const response = definition.responses[status]
    if (response) {
      responses[status] = responseObject(response, status, { side: 'input', place, document })
    }
  }
  operation.responses = responses
  return extendOperation(operation, extensions, place)
}
