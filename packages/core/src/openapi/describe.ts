import type { Description } from '../definition.ts'
import type { Draft } from './draft.ts'
import { securityObjects } from './security.ts'
import type { OperationObject } from './types.ts'

/** Begins an operation, of ours or a callback's, with what it says about itself; its answers are still to be written. */
export function describe(definition: Description, operationId: string): Draft<OperationObject> {
  const { tags, summary, description, externalDocs, deprecated, security } = definition
  const operation: Draft<Partial<OperationObject>> = {}
  if (tags) operation.tags = tags
  if (summary !== undefined) operation.summary = summary
  if (description !== undefined) operation.description = description
  if (externalDocs) operation.externalDocs = externalDocs
  if (deprecated) operation.deprecated = deprecated
  if (security) operation.security = securityObjects(security)
  operation.operationId = operationId
  return operation as Draft<OperationObject>
}
