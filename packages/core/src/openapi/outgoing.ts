import type { OperationCallback, OutgoingDefinition, WebhookDefinition } from '../definition.ts'
import { JSON_TYPE } from '../media-type.ts'
import type { Components } from './components.ts'
import { requestBodyObject, responseObjects, type Surroundings } from './content.ts'
import { describe } from './describe.ts'
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
  components: Components,
): OperationObject {
  const { name, operationId = name } = definition
  return outgoingObject(definition, operationId, { components, place: `the webhook '${name}'` })
}

function outgoingObject(
  definition: OutgoingDefinition,
  operationId: string,
  surroundings: Surroundings,
): OperationObject {
  const { body } = definition
  return {
    ...describe(definition),
    operationId,
    ...(body && {
      requestBody: requestBodyObject({ [JSON_TYPE]: { schema: body } }, surroundings),
    }),
    // whoever implements the callback answers; we parse what he answers
    responses: responseObjects(definition.responses, 'input', surroundings),
  }
}
