import type { OperationCallback, OperationDefinition } from '../definition.ts'
import { callbackOperationIdOf, operationIdOf } from '../operation-id.ts'
import { placeOf } from '../path.ts'
import type { ProblemFormat } from '../problem-format.ts'
import { requestBodyObject, responseObjects, type Surroundings } from './content.ts'
import { describe } from './describe.ts'
import { extendOperation } from './extend.ts'
import type { LinkObject, ResponseObject } from './message-types.ts'
import { callbackObject } from './outgoing.ts'
import { parametersOf } from './parameters.ts'
import { problemResponses } from './problem-responses.ts'
import type { Shared } from './shared.ts'
import type { CallbackObject, OperationObject, ReferenceObject } from './types.ts'

/** What an operation is written into. */
export interface OperationSurroundings extends Omit<Surroundings, 'place'> {
  readonly shared: Shared
  readonly problems: ProblemFormat | undefined
}

/** Writes one operation, callbacks included. */
export function operationObject(
  definition: OperationDefinition,
  document: OperationSurroundings,
): OperationObject {
  const place = placeOf(definition)
  const surroundings = { ...document, place }
  const parameters = parametersOf(definition, surroundings)
  const { content } = definition.request
  const callbacks = callbackObjects(definition, document)
  const operation: OperationObject = {
    ...describe(definition),
    operationId: operationIdOf(definition),
    ...(parameters.length > 0 && { parameters }),
    ...(content && { requestBody: requestBodyObject(content, surroundings) }),
    responses: answers(definition, surroundings),
    ...(Object.keys(callbacks).length > 0 && { callbacks }),
  }
  return extendOperation(operation, definition.extensions ?? [], place)
}

/** A callback that several operations share is a component; its operationId is its own, or its name. */
function callbackObjects(
  definition: OperationDefinition,
  document: OperationSurroundings,
): Record<string, CallbackObject | ReferenceObject> {
  const { shared, reusable } = document
  const write = (name: string, callback: OperationCallback) => {
    const component = shared.callbacks.get(callback.origin)
    const place = `the callback '${name}' of ${placeOf(definition)}`
    const id =
      component === undefined
        ? callbackOperationIdOf(operationIdOf(definition), name, callback.operationId)
        : (callback.operationId ?? component)
    const object = callbackObject(callback, id, { ...document, place })
    return component === undefined ? object : reusable('callbacks', component, { object, place })
  }
  return Object.fromEntries(
    Object.entries(definition.callbacks).map(([name, callback]) => [name, write(name, callback)]),
  )
}

/** A status that is declared is described by its declaration, and may still be one of our problems. */
function answers(
  definition: OperationDefinition,
  surroundings: OperationSurroundings & Surroundings,
): Record<string, ResponseObject | ReferenceObject> {
  const { shared, reusable, problems } = surroundings
  const all = problemResponses(definition, surroundings, problems)
  const declared = responseObjects(definition.responses, 'output', surroundings)
  addLinks(declared, definition)
  for (const [status, response] of Object.entries(declared)) {
    const problem = all[status]
    const origin = definition.responses[status]
    const component = origin && shared.responses.get(origin)
    if (problem) {
      const content = { ...response.content, ...contentOf(problem, surroundings) }
      all[status] = { ...response, content }
    } else if (component !== undefined && response.links === undefined) {
      all[status] = reusable('responses', component, {
        object: response,
        place: surroundings.place,
      })
    } else {
      all[status] = response
    }
  }
  return all
}

function contentOf(
  problem: ResponseObject | ReferenceObject,
  { resolve }: Surroundings,
): ResponseObject['content'] {
  return ('$ref' in problem ? (resolve(problem.$ref) as ResponseObject) : problem).content
}

/** Adds the links to the answers that have them. */
function addLinks(responses: Record<string, ResponseObject>, { links }: OperationDefinition): void {
  for (const [name, { status, target, parameters, requestBody, description }] of Object.entries(
    links,
  )) {
    const link: LinkObject = {
      operationId: operationIdOf(target),
      ...(Object.keys(parameters).length > 0 && { parameters }),
      ...(requestBody !== undefined && { requestBody }),
      ...(description !== undefined && { description }),
    }
    const response = responses[status]
    if (response) responses[status] = { ...response, links: { ...response.links, [name]: link } }
  }
}
