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
import { requestBodyObject, responseObject } from './content.ts'
import { describe } from './describe.ts'
import { extendOperation } from './extend.ts'
import { callbackObject } from './outgoing.ts'
import { parametersOf } from './parameters.ts'
import type { DocumentContext, Place } from './place.ts'
import { problemResponses } from './problem-responses.ts'

/** Writes an operation, callbacks included. */
export function operationObject(
  definition: OperationDefinition,
  document: DocumentContext,
): OperationObject {
  const at: Place = { place: placeOf(definition), document, side: 'output' }
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

/** Writes callbacks. One that several operations share is a component, identified by its own operationId or its name. */
function callbackObjects(
  definition: OperationDefinition,
  operationId: string,
  { place: operation, document }: Place,
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
    // the receiver sends the responses of a callback, and the API parses them
    const object = callbackObject(callback, id, { place, document, side: 'input' })
    const written =
      component === undefined ? object : reusable('callbacks', component, { object, place })
    objects = { ...objects, [name]: written }
  }
  return objects
}

/** Writes responses. A declared status has its declared description, and may also have the content of a problem. */
function responseObjects(
  definition: OperationDefinition,
  at: Place,
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
  { resolve }: DocumentContext,
): ResponseObject['content'] {
  // problems are kept as responses
  return ('$ref' in problem ? (resolve(problem.$ref) as ResponseObject) : problem).content
}

/** Writes the links of a response. */
function linkObjects(
  { links }: OperationDefinition,
  status: string,
): Record<string, LinkObject> | undefined {
  let objects: Record<string, LinkObject> | undefined
  for (const [name, link] of Object.entries(links)) {
    if (link.status !== status) continue
    const { target, parameters, requestBody, description } = link
    const object: Draft<LinkObject> = { operationId: operationIdOf(target) }
    if (Object.keys(parameters).length > 0) object.parameters = parameters
    if (requestBody !== undefined) object.requestBody = requestBody
    if (description !== undefined) object.description = description
    objects = { ...objects, [name]: object }
  }
  return objects
}
