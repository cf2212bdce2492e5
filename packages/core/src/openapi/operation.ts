import type { OperationDefinition } from '../definition/definition.ts'
import type { Draft } from '../definition/draft.ts'
import type { LinkObject, ResponseObject } from '../definition/openapi-message-types.ts'
import type {
  CallbackObject,
  OperationObject,
  ReferenceObject,
} from '../definition/openapi-types.ts'
import { callbackOperationIdOf, operationIdOf } from '../definition/operation-id.ts'
import { placeOf } from '../definition/path.ts'
import type { ProblemFormat } from '../definition/problem.ts'
import { type Place, requestBodyObject, responseObject, type Surroundings } from './content.ts'
import { describe } from './describe.ts'
import { extendOperation } from './extend.ts'
import { callbackObject } from './outgoing.ts'
import { parametersOf } from './parameters.ts'
import { problemResponses } from './problem-responses.ts'
import type { Shared } from './shared.ts'

/** What an operation is written into. */
export interface OperationSurroundings extends Surroundings {
  readonly shared: Shared
  readonly problems: ProblemFormat | undefined
}

/** Where an operation stands. */
export interface OperationPlace extends Place {
  readonly document: OperationSurroundings
}

/** Writes one operation, callbacks included. */
export function operationObject(
  definition: OperationDefinition,
  document: OperationSurroundings,
): OperationObject {
  const at: OperationPlace = { place: placeOf(definition), document, side: 'output' }
  const id = operationIdOf(definition)
  const { content } = definition.request
  const parameters = parametersOf(definition, at)
  const callbacks = callbackObjects(definition, id, at)

  const operation = describe(definition, id)
  if (parameters.length > 0) operation.parameters = parameters
  if (content) operation.requestBody = requestBodyObject(content, at)
  operation.responses = responseObjects(definition, at)
  if (callbacks) operation.callbacks = callbacks
  return extendOperation(operation, definition.extensions, at.place)
}

/** A callback that several operations share is a component; its operationId is its own, or its name. */
function callbackObjects(
  definition: OperationDefinition,
  operationId: string,
  { place: operation, document }: OperationPlace,
): Record<string, CallbackObject | ReferenceObject> | undefined {
  const { shared, reusable } = document
  let objects: Record<string, CallbackObject | ReferenceObject> | undefined
  for (const [name, callback] of Object.entries(definition.callbacks)) {
    const component = shared.callbacks.get(callback.origin)
    const place = `the callback '${name}' of ${operation}`
    const id =
      component === undefined
        ? callbackOperationIdOf(operationId, name, callback.operationId)
        : (callback.operationId ?? component)
    // whoever implements the callback answers; we parse what he answers
    const object = callbackObject(callback, id, { place, document, side: 'input' })
    const written =
      component === undefined ? object : reusable('callbacks', component, { object, place })
    objects = { ...objects, [name]: written }
  }
  return objects
}

/** A status that is declared is described by its declaration, and may still be one of our problems. */
function responseObjects(
  definition: OperationDefinition,
  at: OperationPlace,
): Record<string, ResponseObject | ReferenceObject> {
  const { place, document } = at
  const { shared, reusable } = document
  const all = problemResponses(definition, at)
  for (const status in definition.responses) {
    const origin = definition.responses[status]
    if (!origin) continue
    const problem = all[status]
    const component = shared.responses.get(origin)
    const object = responseObject(origin, status, at)
    const links = linkObjects(definition, status)
    if (links) object.links = links
    if (problem) object.content = { ...object.content, ...contentOf(problem, document) }
    all[status] =
      problem || links || component === undefined
        ? object
        : reusable('responses', component, { object, place })
  }
  return all
}

function contentOf(
  problem: ResponseObject | ReferenceObject,
  { resolve }: Surroundings,
): ResponseObject['content'] {
  return ('$ref' in problem ? (resolve(problem.$ref) as ResponseObject) : problem).content
}

/** The links that an answer has. */
function linkObjects(
  { links }: OperationDefinition,
  response: string,
): Record<string, LinkObject> | undefined {
  let objects: Record<string, LinkObject> | undefined
  for (const [name, { status, target, parameters, requestBody, description }] of Object.entries(
    links,
  )) {
    if (status !== response) continue
    const object: Draft<LinkObject> = { operationId: operationIdOf(target) }
    if (Object.keys(parameters).length > 0) object.parameters = parameters
    if (requestBody !== undefined) object.requestBody = requestBody
    if (description !== undefined) object.description = description
    objects = { ...objects, [name]: object }
  }
  return objects
}
