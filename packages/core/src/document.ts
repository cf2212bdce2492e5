export type { OpenApiDocument } from './definition/openapi-types.ts'
export { type DocumentOptions, document, fragment } from './openapi/document.ts'
export type { SchemaConverter } from './schemas/conversion.ts'
