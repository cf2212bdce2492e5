import type { AnyWebhook } from '../builders/webhook.ts'
import { checkOperations } from '../checks/check-operations.ts'
import type { ExternalDocs, OperationMetadata } from '../definition/definition.ts'
import type { Draft } from '../definition/draft.ts'
import type { DocumentPatch } from '../definition/openapi-patch.ts'
import type {
  InfoObject,
  OpenApiDocument,
  PathItemObject,
  ServerObject,
  TagObject,
} from '../definition/openapi-types.ts'
import type { AnyOperation } from '../definition/operation.ts'
import { claimOperationId } from '../definition/operation-id.ts'
import { openApiPath } from '../definition/path.ts'
import type { ProblemFormat } from '../definition/problem.ts'
import type { SchemaConverter } from '../schemas/json-schema.ts'
import { createComponents } from './components.ts'
import { merge } from './extend.ts'
import { operationObject } from './operation.ts'
import { webhookObject } from './outgoing.ts'
import { createReusable } from './reusable.ts'
import { securitySchemesOf } from './security.ts'
import { sharedBy } from './shared.ts'
import { type OpenApiVersion, VERSIONS } from './version.ts'

/** What a document says beside its operations. */
export interface DocumentOptions {
  readonly info: InfoObject
  /** The version of OpenAPI; 3.1 by default. */
  readonly openapi?: OpenApiVersion
  /** Where the API answers; by default the place that the document is read from. */
  readonly servers?: readonly ServerObject[]
  /** What the tags of operations mean, in the order in which they are to be shown. */
  readonly tags?: readonly TagObject[]
  readonly externalDocs?: ExternalDocs
  /** Requests that the API sends to its subscribers. */
  readonly webhooks?: readonly AnyWebhook[]
  /** Whether callbacks and webhooks are signed; `createApi` says so where it has a sender. */
  readonly signed?: boolean
  /** How problems are worded, where an operation says nothing else; by default as RFC 9457 does. */
  readonly problems?: ProblemFormat
  /** Converts the schemas of libraries that do not convert their own, or converts them otherwise. */
  readonly schemas?: readonly SchemaConverter[]
  /** Fields of OpenAPI that no option writes, `x-` ones included: merged into the whole document. */
  readonly extend?: DocumentPatch
}

/**
 * Builds the OpenAPI document of some operations, callbacks included; needs no server.
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
  return write(options, operations, false)
}

/**
 * What one operation adds to a document: its path item, and the components that it refers to, as plain data. Its
 * links may lead to operations of that document.
 *
 * @example
 * fragment(createInvoice) // { paths: { '/invoices': { post: … } }, components: { schemas: … } }
 *
 * @throws {CoreError} as `document` does
 */
export function fragment(operation: AnyOperation): Pick<OpenApiDocument, 'paths' | 'components'> {
  const { paths, components } = write({ info: { title: '', version: '' } }, [operation], true)
  return { paths, ...(components && { components }) }
}

function write(
  options: DocumentOptions,
  operations: readonly AnyOperation[],
  isPart: boolean,
): OpenApiDocument {
  const webhooks = (options.webhooks ?? []).map((one) => one['~definition'])
  const ids = checkOperations(operations, { isDocumented: true, webhooks, isPart })
  const documented = operations.map((one) => one['~definition']).filter(({ hidden }) => !hidden)

  const { openapi: version = '3.1', signed = false, problems, externalDocs, tags } = options
  const components = createComponents(options.schemas)
  const { reusable, resolve, all } = createReusable()
  const shared = sharedBy(documented)
  for (const [{ operationId }, name] of shared.callbacks) {
    if (operationId === undefined) claimOperationId(ids, name, `the shared callback '${name}'`)
  }
  const surroundings = { components, reusable, resolve, shared, version, signed, problems }
  const paths: Record<string, Draft<PathItemObject>> = {}
  for (const definition of documented) {
    const path = openApiPath(definition.path)
    const item = paths[path] ?? {}
    item[definition.method] = operationObject(definition, surroundings)
    paths[path] = item
  }
  const outgoing = new Map<string, Draft<PathItemObject>>()
  for (const one of webhooks) {
    const item = outgoing.get(one.name) ?? {}
    item[one.method] = webhookObject(one, surroundings)
    outgoing.set(one.name, item)
  }

  const described: OperationMetadata[] = [
    ...documented,
    ...documented.flatMap(({ callbacks }) => Object.values(callbacks)),
    ...webhooks,
  ]
  const kinds = {
    schemas: components.all(),
    ...all(),
    securitySchemes: securitySchemesOf(described),
  }
  const filled = Object.entries(kinds).filter(([, kind]) => Object.keys(kind).length > 0)
  const written: OpenApiDocument = {
    openapi: VERSIONS[version],
    info: options.info,
    servers: options.servers ?? [{ url: '/' }],
    security: [],
    ...(tags && { tags }),
    ...(externalDocs && { externalDocs }),
    paths,
    ...(webhooks.length > 0 && { webhooks: Object.fromEntries(outgoing) }),
    ...(filled.length > 0 && { components: Object.fromEntries(filled) }),
  }
  return options.extend ? (merge(written, options.extend) as OpenApiDocument) : written
}
