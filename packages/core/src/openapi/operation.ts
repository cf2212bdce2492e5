import type { CallbackDefinition, OperationDefinition } from '../definition.ts'
import { CoreError } from '../errors.ts'
import { callbackOperationIdOf, claimOperationId, operationIdOf } from '../operation-id.ts'
import type { Responses } from '../response.ts'
import type { Components } from './components.ts'
import type { Side } from './json-schema.ts'
import { parametersOf } from './parameters.ts'
import { problemResponses } from './problem-responses.ts'
import { STATUS_PHRASES } from './status-phrases.ts'
import type { CallbackObject, OperationObject, ResponseObject } from './types.ts'

/** What the operations of one document share. */
export interface Shared {
  readonly components: Components
  /** The operationIds given so far, each with the place that has it. */
  readonly operationIds: Map<string, string>
}

/** Writes one operation, callbacks included. */
export function operationObject(definition: OperationDefinition, shared: Shared): OperationObject {
  const place = `${definition.method.toUpperCase()} ${definition.path}`
  const operationId = operationIdOf(definition)
  claimOperationId(shared.operationIds, operationId, place)

  const parameters = parametersOf(definition, shared.components, place)
  const { body } = definition.request
  const callbacks = Object.entries(definition.callbacks)
  return {
    ...describe(definition),
    operationId,
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: true,
        content: jsonContent(shared.components.schema(body, 'input', `the body of ${place}`)),
      },
    }),
    responses: {
      ...problemResponses(definition, shared.components),
      ...responseObjects(definition.responses, 'output', { shared, place }),
    },
    ...(callbacks.length > 0 && {
      callbacks: Object.fromEntries(
        callbacks.map(([name, callback]) => [
          name,
          callbackObject(callback, shared, {
            operationId: callbackOperationIdOf(operationId, name, callback.operationId),
            place: `the callback '${name}' of ${place}`,
          }),
        ]),
      ),
    }),
  }
}

function callbackObject(
  definition: CallbackDefinition,
  shared: Shared,
  { operationId, place }: { readonly operationId: string; readonly place: string },
): CallbackObject {
  claimOperationId(shared.operationIds, operationId, place)
  const { body } = definition
  const operation: OperationObject = {
    ...describe(definition),
    operationId,
    ...(body && {
      requestBody: {
        required: true,
        content: jsonContent(shared.components.schema(body, 'input', `the body of ${place}`)),
      },
    }),
    // whoever implements the callback answers; we parse what he answers
    responses: responseObjects(definition.responses, 'input', { shared, place }),
  }
  return { [definition.template.source]: { [definition.method]: operation } }
}

function describe(definition: OperationDefinition | CallbackDefinition) {
  const { tags, summary, description } = definition
  return {
    ...(tags && { tags }),
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
  }
}

function responseObjects(
  responses: Responses,
  side: Side,
  { shared, place }: { readonly shared: Shared; readonly place: string },
): Record<string, ResponseObject> {
  const entries = Object.entries(responses)
  if (entries.length === 0) {
    throw new CoreError('schema', `${place} declares no answer; add .response(200, …)`)
  }
  return Object.fromEntries(
    entries.map(([status, { schema, description }]) => [
      status,
      {
        description: description ?? STATUS_PHRASES[status] ?? `Status ${status}`,
        ...(schema && {
          content: jsonContent(
            shared.components.schema(schema, side, `the ${status} answer of ${place}`),
          ),
        }),
      },
    ]),
  )
}

function jsonContent(schema: { readonly [keyword: string]: unknown }) {
  return { 'application/json': { schema } }
}
