import { placeOf } from '../check-operations.ts'
import type { OperationCallback, OperationDefinition } from '../definition.ts'
import { callbackOperationIdOf, operationIdOf } from '../operation-id.ts'
import type { Responses } from '../response.ts'
import type { Components } from './components.ts'
import type { Side } from './json-schema.ts'
import { parametersOf } from './parameters.ts'
import { problemResponses } from './problem-responses.ts'
import { STATUS_PHRASES } from './status-phrases.ts'
import type { CallbackObject, OperationObject, ResponseObject } from './types.ts'

/** Writes one operation, callbacks included. */
export function operationObject(
  definition: OperationDefinition,
  components: Components,
): OperationObject {
  const place = placeOf(definition)
  const operationId = operationIdOf(definition)
  const parameters = parametersOf(definition, components, place)
  const { body } = definition.request
  const callbacks = Object.entries(definition.callbacks)
  return {
    ...describe(definition),
    operationId,
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        required: true,
        content: jsonContent(components.schema(body, 'input', `the body of ${place}`)),
      },
    }),
    responses: merged(
      problemResponses(definition, components),
      responseObjects(definition.responses, 'output', { components, place }),
    ),
    ...(callbacks.length > 0 && {
      callbacks: Object.fromEntries(
        callbacks.map(([name, callback]) => [
          name,
          callbackObject(callback, components, {
            operationId: callbackOperationIdOf(operationId, name, callback.operationId),
            place: `the callback '${name}' of ${place}`,
          }),
        ]),
      ),
    }),
  }
}

function callbackObject(
  definition: OperationCallback,
  components: Components,
  { operationId, place }: { readonly operationId: string; readonly place: string },
): CallbackObject {
  const { body } = definition
  const operation: OperationObject = {
    ...describe(definition),
    operationId,
    ...(body && {
      requestBody: {
        required: true,
        content: jsonContent(components.schema(body, 'input', `the body of ${place}`)),
      },
    }),
    // whoever implements the callback answers; we parse what he answers
    responses: responseObjects(definition.responses, 'input', { components, place }),
  }
  return { [definition.template.source]: { [definition.method]: operation } }
}

function describe(definition: OperationDefinition | OperationCallback) {
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
  { components, place }: { readonly components: Components; readonly place: string },
): Record<string, ResponseObject> {
  return Object.fromEntries(
    Object.entries(responses).map(([status, { schema, description }]) => [
      status,
      {
        description: description ?? STATUS_PHRASES[status] ?? `Status ${status}`,
        ...(schema && {
          content: jsonContent(components.schema(schema, side, `the ${status} answer of ${place}`)),
        }),
      },
    ]),
  )
}

/** A status that is declared is described by its declaration, and may still be one of our problems. */
function merged(
  problems: Record<string, ResponseObject>,
  declared: Record<string, ResponseObject>,
): Record<string, ResponseObject> {
  const both = Object.entries(declared).map(([status, response]) => {
    const content = { ...response.content, ...problems[status]?.content }
    return [status, Object.keys(content).length > 0 ? { ...response, content } : response]
  })
  return { ...problems, ...Object.fromEntries(both) }
}

function jsonContent(schema: { readonly [keyword: string]: unknown }) {
  return { 'application/json': { schema } }
}
