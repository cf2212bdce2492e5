import type { AnyWebhook } from '../builders/webhook.ts'
import { checkOperations } from '../checks/check-operations.ts'
import type { ExternalDocs, OperationMetadata } from '../definition/definition.ts'
import type { Draft } from '../definition/draft.ts'
import type { DocumentPatch } from '../definition/openapi-patch.ts'
import type {
  InfoObject,
  OpenApiDocument,
  OperationObject,
  PathItemObject,
  ServerObject,
  TagObject,
} from '../definition/openapi-types.ts'
import type { AnyOperation } from '../definition/operation.ts'
import { claimOperationId } from '../definition/operation-id.ts'
import { openApiPath } from '../definition/path.ts'
import type { ProblemFormat } from '../definition/problem.ts'
import type { SchemaConverter } from '../schemas/conversion.ts'
import { createComponents } from './components.ts'
import { merge } from './extend.ts'
import { operationObject } from './operation.ts'
import { webhookObject } from './outgoing.ts'
import { PROBLEM_NAMES } from './problem-responses.ts'
import { createReusable } from './reusable.ts'
import { securitySchemesOf } from './security.ts'
import { sharedBy } from './shared.ts'
import { type OpenApiVersion, VERSIONS } from './version.ts'

/** Options of a document, apart from its operations. */
export interface DocumentOptions {
  readonly info: InfoObject
  /** The version of OpenAPI; 3.1 by default. */
  readonly openapi?: OpenApiVersion
  /** The addresses of the API; by default the place that the document is read from. */
  readonly servers?: readonly ServerObject[]
  /** Descriptions of the tags of operations, in the order in which they are shown. */
  readonly tags?: readonly TagObject[]
  readonly externalDocs?: ExternalDocs
  /** Requests that the API sends to its subscribers. */
  readonly webhooks?: readonly AnyWebhook[]
  /** Whether callbacks and webhooks are signed; `createApi` sets it where it has a sender. */
  readonly signed?: boolean
  /** The format of problem responses, unless an operation has its own; by default that of RFC 9457. */
  readonly problems?: ProblemFormat
  /** Converters for the schemas of libraries that have none, or that take the place of a library's own. */
  readonly schemas?: readonly SchemaConverter[]
  /** Fields of OpenAPI that no option writes, including `x-…`; merged into the document. */
  readonly extend?: DocumentPatch
}

/**
 * Builds the OpenAPI document of operations and their callbacks; needs no server.
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
 * Builds the part of a document that describes one operation, as plain data: its path item, and the components that
 * it refers to. Its links may lead to other operations of that document.
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
  const { webhooks: builders = [], openapi: version = '3.1', signed = false, problems } = options
  const webhooks = builders.map((one) => one['~definition'])
  const ids = checkOperations(operations, { isDocumented: true, webhooks, isPart })
  const documented = operations.map((one) => one['~definition']).filter(({ hidden }) => !hidden)

  const components = createComponents(options.schemas)
  const { reusable, resolve, all } = createReusable()
  const shared = sharedBy(documented, PROBLEM_NAMES)
  for (const [{ operationId }, name] of shared.callbacks) {
    if (operationId === undefined) claimOperationId(ids, name, `the shared callback '${name}'`)
  }
  const context = { components, reusable, resolve, shared, version, signed, problems }
  const paths = pathItems(
    documented.map((one) => [openApiPath(one.path), one.method, operationObject(one, context)]),
  )
  const webhookItems = pathItems(
    webhooks.map((one) => [one.name, one.method, webhookObject(one, context)]),
  )

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
  const { info, servers = [{ url: '/' }], tags, externalDocs, extend } = options
  const written: OpenApiDocument = {
    openapi: VERSIONS[version],
    info,
    servers,
    security: [],
    ...(tags && { tags }),
    ...(externalDocs && { externalDocs }),
    paths,
    ...(webhooks.length > 0 && { webhooks: webhookItems }),
    ...(filled.length > 0 && { components: Object.fromEntries(filled) }),
  }
  return extend ? merge(written, extend) : written
}

type Written = readonly [name: string, method: keyof PathItemObject, operation: OperationObject]

/** Groups operations by path or name. */
function pathItems(written: readonly Written[]): Record<string, PathItemObject> {
  const items = new Map<string, Draft<PathItemObject>>()
  for (const [name, method, operation] of written) {
    const item = items.get(name) ?? {}
    item[method] = operation
    items.set(name, item)
  }
  return Object.fromEntries(items)
}
