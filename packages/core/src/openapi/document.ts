import { checkOperations } from '../check-operations.ts'
import type { AnyOperation } from '../operation.ts'
import { openApiPath } from '../path.ts'
import { createComponents } from './components.ts'
import { operationObject } from './operation.ts'
import type { InfoObject, OpenApiDocument, PathItemObject, ServerObject } from './types.ts'

/** What a document says beside its operations. */
export interface DocumentOptions {
  readonly info: InfoObject
  /** Where the API answers; by default the place that the document is read from. */
  readonly servers?: readonly ServerObject[]
}

/**
 * Builds the OpenAPI 3.1 document of some operations, callbacks included; needs no server.
 *
 * @example
 * document({ info: { title: 'Invoices', version: '1.0.0' } }, [createInvoice])
 *
 * @throws {CoreError} with `schema` for a schema without a JSON form, `duplicate-name` for two operations,
 *   operationIds or components of one name, `path` for a path that OpenAPI cannot describe
 * @see https://spec.openapis.org/oas/v3.1.1.html#openapi-object
 */
export function document(
  options: DocumentOptions,
  operations: readonly AnyOperation[],
): OpenApiDocument {
  checkOperations(operations, { isDocumented: true })

  const components = createComponents()
  const paths: Record<string, PathItemObject> = {}
  for (const { '~definition': definition } of operations) {
    const path = openApiPath(definition.path)
    paths[path] = { ...paths[path], [definition.method]: operationObject(definition, components) }
  }

  const schemas = components.all()
  return {
    openapi: '3.1.1',
    info: options.info,
    servers: options.servers ?? [{ url: '/' }],
    security: [],
    paths,
    ...(Object.keys(schemas).length > 0 && { components: { schemas } }),
  }
}
