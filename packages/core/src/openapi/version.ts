/** The versions of OpenAPI that a document can have. */
export type OpenApiVersion = '3.1' | '3.2'

/** The value of a document's `openapi` field. */
export const VERSIONS: Readonly<Record<OpenApiVersion, string>> = { '3.1': '3.1.1', '3.2': '3.2.0' }
