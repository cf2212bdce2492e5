import type {
  CallbackObject,
  DeliveryTerms,
  DocumentedApi,
  OpenApiDocument,
  OperationObject,
  ParameterObject,
  PathItemObject,
} from '@ringback/core/internal'
import { addExamples, addResponseExamples } from './add-examples.ts'
import { cleanCodeSamples } from './clean-code-samples.ts'
import { describeCallback } from './describe-callback.ts'
import { describeReceiving, SIGNATURE } from './describe-receiving.ts'
import { describeTerms } from './describe-terms.ts'
import { titleOf } from './title-of.ts'

/** What a copy says that the document does not have. */
export interface CopyOptions {
  /** `false` for a copy that says nothing more than the document. */
  readonly isExtended: boolean
  /** The URL of the document itself. */
  readonly url: string
  readonly terms: DeliveryTerms | undefined
  readonly ownTermsOf: DocumentedApi['ownTermsOf']
  /** Where receivers get the secret, as Markdown. */
  readonly secretSource: string | undefined
  /** The time of the samples' signatures, in milliseconds. */
  readonly now: number
}

/**
 * Copies a document for the page: with titles of operations, the rules for receivers of callbacks, a description and
 * a signed sample of each callback, and examples of responses that are no JSON. The copy's own description links to
 * the document, so that nobody takes the copy for it.
 */
export async function copyDocument(
  document: OpenApiDocument,
  options: CopyOptions,
): Promise<OpenApiDocument> {
  const { info, paths, webhooks, components } = document
  if (!options.isExtended) {
    const change = async (operation: OperationObject) => cleanCodeSamples(operation)
    const cleaned = webhooks && { webhooks: await mapOperations(webhooks, change) }
    return { ...document, paths: await mapOperations(paths, change), ...cleaned }
  }
  const link = `[OpenAPI document](<${encodeURI(options.url)}>)`
  const parts = [info.description, link, describeReceiving(document, options)]
  const described = { ...info, description: parts.filter(Boolean).join('\n\n') }

  const describe = (callback: CallbackObject, users: readonly CallbackUser[]) =>
    mapOperations(callback, (outgoing, { name: key, method }) =>
      describeCallback(document, {
        key,
        method,
        outgoing,
        operations: users.map(({ operation }) => operation),
        // they share one declaration
        terms: users[0] && options.ownTermsOf(users[0].operation.operationId, users[0].name),
        now: options.now,
      }),
    )
  const copyOperation = async (operation: OperationObject): Promise<OperationObject> => {
    const titled = { ...operation, summary: operation.summary ?? titleOf(operation.operationId) }
    const { callbacks } = operation
    const written = cleanCodeSamples(addExamples(document, titled))
    if (!callbacks) return written
    const entries = Object.entries(callbacks).map(async ([name, one]) => [
      name,
      '$ref' in one ? one : await describe(one as CallbackObject, [{ operation, name }]),
    ])
    return { ...written, callbacks: Object.fromEntries(await Promise.all(entries)) }
  }

  const copyWebhook = async (operation: OperationObject, { name }: OperationPlace) => {
    const said = describeTerms(options.ownTermsOf('', name)).join('\\\n')
    const copy = await copyOperation(operation)
    const description = [operation.description, said].filter(Boolean).join('\n\n')
    return description === '' ? copy : { ...copy, description }
  }

  // those of several operations are components, and shown once in each
  const shared = Object.entries(components?.callbacks ?? {}).map(async ([name, callback]) => [
    name,
    await describe(callback, usersOf(document, `#/components/callbacks/${name}`)),
  ])
  return {
    ...document,
    info: described,
    paths: await mapOperations(paths, copyOperation),
    ...(webhooks && { webhooks: await mapOperations(webhooks, copyWebhook) }),
    ...(components && {
      components: {
        ...components,
        ...(shared.length > 0 && { callbacks: Object.fromEntries(await Promise.all(shared)) }),
        ...(components.parameters && { parameters: shortenSignature(components.parameters) }),
        ...(components.responses && {
          responses: addResponseExamples(document, components.responses),
        }),
      },
    }),
  }
}

/** The introduction says how to verify a signature, once for all callbacks. */
function shortenSignature(
  parameters: Readonly<Record<string, ParameterObject>>,
): Readonly<Record<string, ParameterObject>> {
  const signature = parameters[SIGNATURE]
  if (!signature) return parameters
  const description = 'Verify it as the introduction says.'
  return { ...parameters, [SIGNATURE]: { ...signature, description } }
}

interface OperationPlace {
  readonly name: string
  readonly method: string
}

async function mapOperations(
  items: Readonly<Record<string, PathItemObject>>,
  change: (operation: OperationObject, place: OperationPlace) => Promise<OperationObject>,
): Promise<Record<string, PathItemObject>> {
  const entries = Object.entries(items).map(async ([name, item]) => {
    const fields = Object.entries(item).map(async ([method, operation]) => [
      method,
      isOperation(operation) ? await change(operation, { name, method }) : operation,
    ])
    return [name, Object.fromEntries(await Promise.all(fields))]
  })
  return Object.fromEntries(await Promise.all(entries))
}

/** A path item may have other fields than operations: `extend` merges any. */
function isOperation(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'responses' in value
}

/** An operation that has a callback, by a name. */
interface CallbackUser {
  readonly operation: OperationObject
  readonly name: string
}

/** The operations that have a shared callback. */
function usersOf({ paths }: OpenApiDocument, reference: string): CallbackUser[] {
  return Object.values(paths)
    .flatMap((item) => Object.values(item))
    .filter(isOperation)
    .flatMap((operation) =>
      Object.entries(operation.callbacks ?? {}).flatMap(([name, one]) =>
        '$ref' in one && one.$ref === reference ? { operation, name } : [],
      ),
    )
}
