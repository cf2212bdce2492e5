import type { OperationCallback, OutgoingDefinition, WebhookDefinition } from '../definition.ts'
import { JSON_TYPE } from '../media-type.ts'
import { requestBodyObject, responseObjects, type Surroundings } from './content.ts'
import { describe } from './describe.ts'
import { extendOperation } from './extend.ts'
import { signatureParameters } from './signature-parameters.ts'
import type { CallbackObject, OperationObject } from './types.ts'

/** Writes a callback under its runtime expression. */
export function callbackObject(
  definition: OperationCallback,
  operationId: string,
  surroundings: Surroundings,
): CallbackObject {
  const operation = outgoingObject(definition, operationId, surroundings)
  return { [definition.template.source]: { [definition.method]: operation } }
}

/** Writes a webhook's operation. */
export function webhookObject(
  definition: WebhookDefinition,
  surroundings: Omit<Surroundings, 'place'>,
): OperationObject {
  const { name, operationId = name } = definition
  const place = `the webhook '${name}'`
  return outgoingObject(definition, operationId, { ...surroundings, place })
}

function outgoingObject(
  definition: OutgoingDefinition,
  operationId: string,
  surroundings: Surroundings,
): OperationObject {
  const { body, bodyOptions, extensions = [] } = definition
  const content = body && { [JSON_TYPE]: { ...bodyOptions, schema: body } }
  const operation: OperationObject = {
    ...describe(definition),
    operationId,
    ...(surroundings.signed && { parameters: signatureParameters(surroundings.reusable) }),
    ...(content && { requestBody: requestBodyObject(content, surroundings) }),
    // whoever implements the callback answers; we parse what he answers
    responses: responseObjects(definition.responses, 'input', surroundings),
  }
  return extendOperation(operation, extensions, surroundings.place)
}
