import type { OperationMetadata } from '../definition/definition.ts'
import type { Draft } from '../definition/draft.ts'
import type { OperationObject } from '../definition/openapi-types.ts'
import { securityObjects } from './security.ts'

const FIELDS = ['tags', 'summary', 'description', 'externalDocs', 'deprecated'] as const

/** Begins an operation, of ours or a callback's, with what it says about itself; its answers are still to be written. */
export function describe(
  definition: OperationMetadata,
  operationId: string,
): Draft<OperationObject> {
  const operation: Draft<Partial<OperationObject>> = {}
  for (const field of FIELDS) {
    if (definition[field] !== undefined) operation[field] = definition[field] as never
  }
  if (definition.security) operation.security = securityObjects(definition.security)
  operation.operationId = operationId
  return operation as Draft<OperationObject>
}
