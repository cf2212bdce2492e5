export { type DocumentOptions, document, fragment } from './openapi/document.ts'
export type { SchemaConverter } from './openapi/json-schema.ts'
export type { OpenApiDocument } from './openapi/types.ts'
