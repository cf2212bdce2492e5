import { checkOperations } from '../check-operations.ts'
import type { Description } from '../definition.ts'
import type { AnyOperation } from '../operation.ts'
import { openApiPath } from '../path.ts'
import type { ProblemFormat } from '../problem-format.ts'
import type { AnyWebhook } from '../webhook.ts'
import { createComponents } from './components.ts'
import { operationObject } from './operation.ts'
import { webhookObject } from './outgoing.ts'
import { securitySchemesOf } from './security.ts'
import type {
  InfoObject,
  OpenApiDocument,
  PathItemObject,
  ServerObject,
  TagObject,
} from './types.ts'

/** What a document says beside its operations. */
export interface DocumentOptions {
  readonly info: InfoObject
  /** Where the API answers; by default the place that the document is read from. */
  readonly servers?: readonly ServerObject[]
  /** What the tags of operations mean, in the order in which they are to be shown. */
  readonly tags?: readonly TagObject[]
  /** Requests that the API sends to its subscribers. */
  readonly webhooks?: readonly AnyWebhook[]
  /** How problems are worded, where an operation says nothing else; by default as RFC 9457 does. */
  readonly problems?: ProblemFormat
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
  const webhooks = (options.webhooks ?? []).map((one) => one['~definition'])
  checkOperations(operations, { isDocumented: true, webhooks })
  const documented = operations.map((one) => one['~definition']).filter(({ hidden }) => !hidden)

  const components = createComponents()
  const paths: Record<string, PathItemObject> = {}
  for (const definition of documented) {
    const path = openApiPath(definition.path)
    const object = operationObject(definition, components, options)
    paths[path] = { ...paths[path], [definition.method]: object }
  }
  const outgoing = Object.fromEntries(
    webhooks.map((one) => [one.name, { [one.method]: webhookObject(one, components) }]),
  )

  const schemas = components.all()
  const described: Description[] = [
    ...documented,
    ...documented.flatMap(({ callbacks }) => Object.values(callbacks)),
    ...webhooks,
  ]
  const securitySchemes = securitySchemesOf(described)
  const all = {
    ...(Object.keys(schemas).length > 0 && { schemas }),
    ...(Object.keys(securitySchemes).length > 0 && { securitySchemes }),
  }
  return {
    openapi: '3.1.1',
    info: options.info,
    servers: options.servers ?? [{ url: '/' }],
    security: [],
    ...(options.tags && { tags: options.tags }),
    paths,
    ...(webhooks.length > 0 && { webhooks: outgoing }),
    ...(Object.keys(all).length > 0 && { components: all }),
  }
}

/**
 * What one operation adds to a document: its path item, and the components that it refers to, as plain data.
 *
 * @example
 * fragment(createInvoice) // { paths: { '/invoices': { post: … } }, components: { schemas: … } }
 *
 * @throws {CoreError} as `document` does
 */
export function fragment(operation: AnyOperation): Pick<OpenApiDocument, 'paths' | 'components'> {
  const { paths, components } = document({ info: { title: '', version: '' } }, [operation])
  return { paths, ...(components && { components }) }
}
