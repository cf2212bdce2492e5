import type { AnySchema } from './definition/schema.ts'
import type { SendValue, SentValueOptions } from './schemas/sent-value.ts'
// Shared by the packages of Ringback: not part of the public API, it may change with any version. A receiver
// loads all of it, so nothing here imports a builder, the document or another package.

import type { OutgoingFields } from './hono/outgoing-fields.ts'

export type { DeliveryTerms } from './definition/delivery.ts'
export { CoreError } from './definition/errors.ts'
export { unescapeSegment } from './definition/json-pointer.ts'
export type {
  JsonSchema,
  MediaTypeObject,
  ParameterObject,
  ResponseObject,
} from './definition/openapi-message-types.ts'
export type {
  CallbackObject,
  OpenApiDocument,
  OperationObject,
  PathItemObject,
  ReferenceObject,
  SecurityObject,
} from './definition/openapi-types.ts'
export type { ParameterLocation } from './definition/parts.ts'
export { resolveReference } from './definition/resolve-reference.ts'
export type { SchemaIssue } from './definition/schema.ts'
export type { SecuritySchemeObject } from './definition/security.ts'
export { declaredFor } from './definition/status.ts'
export { mayOverflow } from './hono/may-overflow.ts'
export type { OutgoingFields } from './hono/outgoing-fields.ts'
export { readBytes } from './hono/read-bytes.ts'
export { type CachedBody, respondCached, toCachedBody } from './pages/cached-response.ts'
export type { OwnDocument } from './pages/documented-api.ts'
export { once } from './pages/once.ts'
export type { DocumentedApi, PageRoute, ReferencePage, Respond } from './pages/reference-page.ts'
export { toProblemIssues } from './problems/problem-issues.ts'
export { problemResponse } from './problems/problem-response.ts'
export { isTooDeep } from './problems/too-deep.ts'
export type { SendValue, SentValueOptions } from './schemas/sent-value.ts'

/** Loads the readers of headers, query and forms, which only some callbacks need. */
export const loadOutgoingFields = (): Promise<OutgoingFields> => import('./hono/outgoing-fields.ts')

/** Loads the function that takes out of a response what its schema does not name. */
export const loadSentValue = async (): Promise<
  (schema: AnySchema, options: SentValueOptions) => SendValue
> => (await import('./schemas/sent-value.ts')).sentValueOf

/** Loads the search for numbers that are Infinity once they are parsed. */
export const loadOverflows = async (): Promise<(text: string) => boolean> =>
  (await import('./hono/overflows.ts')).overflows
