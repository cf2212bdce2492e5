/** The versions of OpenAPI that a document may have. */
export type OpenApiVersion = '3.1' | '3.2'

/** What a document says of its version. */
export const VERSIONS: Readonly<Record<OpenApiVersion, string>> = { '3.1': '3.1.1', '3.2': '3.2.0' }
