import type { Description } from '../definition.ts'
import { securityObjects } from './security.ts'
import type { OperationObject } from './types.ts'

/** Writes what operations, callbacks and webhooks all say about themselves, but for their ids. */
export function describe(definition: Description): Partial<OperationObject> {
  const { tags, summary, description, externalDocs, deprecated, security } = definition
  return {
    ...(tags && { tags }),
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
    ...(externalDocs && { externalDocs }),
    ...(deprecated && { deprecated }),
    ...(security && { security: securityObjects(security) }),
  }
}
