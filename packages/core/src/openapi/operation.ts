import type { OperationDefinition } from '../definition.ts'
import { callbackOperationIdOf, operationIdOf } from '../operation-id.ts'
import { placeOf } from '../path.ts'
import type { ProblemFormat } from '../problem-format.ts'
import type { Components } from './components.ts'
import { requestBodyObject, responseObjects } from './content.ts'
import { describe } from './describe.ts'
import { callbackObject } from './outgoing.ts'
import { parametersOf } from './parameters.ts'
import { problemResponses } from './problem-responses.ts'
import type { LinkObject, OperationObject, ResponseObject } from './types.ts'

/** Writes one operation, callbacks included. */
export function operationObject(
  definition: OperationDefinition,
  components: Components,
  { problems }: { readonly problems?: ProblemFormat },
): OperationObject {
  const place = placeOf(definition)
  const operationId = operationIdOf(definition)
  const parameters = parametersOf(definition, components, place)
  const { content } = definition.request
  const callbacks = Object.entries(definition.callbacks)
  const format = definition.problems ?? problems
  const responses = merged(
    problemResponses(definition, components, format),
    responseObjects(definition.responses, 'output', { components, place }),
  )
  return {
    ...describe(definition),
    operationId,
    ...(parameters.length > 0 && { parameters }),
    ...(content && { requestBody: requestBodyObject(content, { components, place }) }),
    responses: linked(responses, definition),
    ...(callbacks.length > 0 && {
      callbacks: Object.fromEntries(
        callbacks.map(([name, callback]) => [
          name,
          callbackObject(callback, callbackOperationIdOf(operationId, name, callback.operationId), {
            components,
            place: `the callback '${name}' of ${place}`,
          }),
        ]),
      ),
    }),
  }
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

/** Adds the links to the answers that have them. */
function linked(
  responses: Record<string, ResponseObject>,
  { links }: OperationDefinition,
): Record<string, ResponseObject> {
  const all = { ...responses }
  for (const [name, { status, target, parameters, requestBody, description }] of Object.entries(
    links,
  )) {
    const link: LinkObject = {
      operationId: operationIdOf(target),
      ...(Object.keys(parameters).length > 0 && { parameters }),
      ...(requestBody !== undefined && { requestBody }),
      ...(description !== undefined && { description }),
    }
    const response = all[status]
    if (response) all[status] = { ...response, links: { ...response.links, [name]: link } }
  }
  return all
}
