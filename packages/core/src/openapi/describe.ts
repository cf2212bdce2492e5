import type { OperationMetadata } from '../definition/definition.ts'
import type { Draft } from '../definition/draft.ts'
import type { OperationObject } from '../definition/openapi-types.ts'
import { securityObjects } from './security.ts'

const FIELDS = ['tags', 'summary', 'description', 'externalDocs', 'deprecated'] as const

/** Begins an operation, callback or webhook with its metadata; its responses are still to be written. */
export function describe(
  definition: OperationMetadata,
  operationId: string,
): Draft<OperationObject> {
  const operation: Draft<Partial<OperationObject>> = {}
  for (const field of FIELDS) {
    // one field at a time has the same type on both sides, which the compiler does not see
    if (definition[field] !== undefined) operation[field] = definition[field] as never
  }
  if (definition.security) operation.security = securityObjects(definition.security)
  operation.operationId = operationId
  // but for the responses, which the caller adds
  return operation as Draft<OperationObject>
}
