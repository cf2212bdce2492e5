import type { OperationDefinition } from '../definition.ts'
import { callbackOperationIdOf, operationIdOf } from '../operation-id.ts'
import { placeOf } from '../path.ts'
import type { ProblemFormat } from '../problem-format.ts'
import { requestBodyObject, responseObject, type Surroundings } from './content.ts'
import { describe } from './describe.ts'
import type { Draft } from './draft.ts'
import { extendOperation } from './extend.ts'
import { setMember } from './json-value.ts'
import type { LinkObject, ResponseObject } from './message-types.ts'
import { callbackObject } from './outgoing.ts'
import { parametersOf } from './parameters.ts'
import { problemResponses } from './problem-responses.ts'
import type { Shared } from './shared.ts'
import type { CallbackObject, OperationObject, ReferenceObject } from './types.ts'

/** What an operation is written into. */
export interface OperationSurroundings extends Surroundings {
  readonly shared: Shared
  readonly problems: ProblemFormat | undefined
}

/** Writes one operation, callbacks included. */
export function operationObject(
  definition: OperationDefinition,
  document: OperationSurroundings,
): OperationObject {
  const place = placeOf(definition)
  const id = operationIdOf(definition)
  const { content } = definition.request
  const parameters = parametersOf(definition, place, document)
  const callbacks = callbackObjects(definition, id, document)

  const operation = describe(definition, id)
  if (parameters.length > 0) operation.parameters = parameters
  if (content) operation.requestBody = requestBodyObject(content, { place, document })
  operation.responses = answers(definition, place, document)
  if (callbacks) operation.callbacks = callbacks
  return extendOperation(operation, definition.extensions, place)
}

/** A callback that several operations share is a component; its operationId is its own, or its name. */
function callbackObjects(
  definition: OperationDefinition,
  operationId: string,
  document: OperationSurroundings,
): Record<string, CallbackObject | ReferenceObject> | undefined {
  const { shared, reusable } = document
  const objects: Record<string, CallbackObject | ReferenceObject> = {}
  let isEmpty = true
  for (const name in definition.callbacks) {
    const callback = definition.callbacks[name]
    if (!callback) continue
    const component = shared.callbacks.get(callback.origin)
    const place = `the callback '${name}' of ${placeOf(definition)}`
    const id =
      component === undefined
        ? callbackOperationIdOf(operationId, name, callback.operationId)
        : (callback.operationId ?? component)
    const object = callbackObject(callback, id, { place, document })
    setMember(
      objects,
      name,
      component === undefined ? object : reusable('callbacks', component, { object, place }),
    )
    isEmpty = false
  }
  return isEmpty ? undefined : objects
}

/** A status that is declared is described by its declaration, and may still be one of our problems. */
function answers(
  definition: OperationDefinition,
  place: string,
  document: OperationSurroundings,
): Record<string, ResponseObject | ReferenceObject> {
  const { shared, reusable } = document
  const all = problemResponses(definition, place, document)
  for (const status in definition.responses) {
    const origin = definition.responses[status]
    if (!origin) continue
    const problem = all[status]
    const component = shared.responses.get(origin)
    const object = responseObject(origin, status, { side: 'output', place, document })
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
  answer: string,
): Record<string, LinkObject> | undefined {
  let objects: Record<string, LinkObject> | undefined
  for (const name in links) {
    const link = links[name]
    if (link?.status !== answer) continue
    const { target, parameters, requestBody, description } = link
    const object: Draft<LinkObject> = { operationId: operationIdOf(target) }
    if (Object.keys(parameters).length > 0) object.parameters = parameters
    if (requestBody !== undefined) object.requestBody = requestBody
    if (description !== undefined) object.description = description
    objects = { ...objects, [name]: object }
  }
  return objects
}
