import type { ResponseObject } from '../../definition/openapi-message-types.ts'
import type {
  CallbackObject,
  OpenApiDocument,
  OperationObject,
} from '../../definition/openapi-types.ts'
import { expressionWords } from './expression-words.ts'
import { code, plain, quotation } from './markdown.ts'
import { resolved } from './resolved.ts'
import { securityWords } from './security-words.ts'

/** One request that a callback makes. */
interface Entry {
  readonly name: string
  readonly key: string
  readonly method: string
  readonly outgoing: OperationObject
}

/**
 * The document with a list of its callbacks at the end of each operation's description: what the reference page
 * has no other place for. So that nobody takes this copy for the document, it says where that is.
 */
export function withCallbackSections(document: OpenApiDocument, url: string): OpenApiDocument {
  const paths = Object.entries(document.paths).map(([path, item]) => {
    const fields = Object.entries(item).map(([method, operation]) => [
      method,
      isOperation(operation) ? withSection(document, operation) : operation,
    ])
    return [path, Object.fromEntries(fields)]
  })
  const { description } = document.info
  const link = `[OpenAPI document](<${encodeURI(url)}>)`
  const info = { ...document.info, description: description ? `${description}\n\n${link}` : link }
  return { ...document, info, paths: Object.fromEntries(paths) }
}

function withSection(document: OpenApiDocument, operation: OperationObject): OperationObject {
  const { description, callbacks } = operation
  if (callbacks === undefined) return operation
  const entries = Object.entries(callbacks).flatMap(([name, callback]) =>
    entriesOf(name, resolved<CallbackObject>(document, callback)),
  )
  const keys = entries.map(({ key }) => key)
  const reads = expressionWords(document, keys, operation)
  const parts = [
    ...(description ? [description] : []),
    '#### Callbacks',
    ...entries.map((entry) => markdownOf(document, entry)),
    ...(reads.length > 0 ? ['In these URLs:', reads.map((one) => `- ${one}`).join('\n')] : []),
  ]
  return { ...operation, description: parts.join('\n\n') }
}

/** A path item may have more than operations: `extend` writes into it what it likes. */
function isOperation(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'responses' in value
}

function entriesOf(name: string, callback: CallbackObject): Entry[] {
  return Object.entries(callback).flatMap(([key, item]) =>
    Object.entries(item).flatMap(([method, outgoing]) =>
      isOperation(outgoing) ? [{ name, key, method, outgoing }] : [],
    ),
  )
}

/** A line for each: what it is called and is about, where it goes, how it proves itself, what it asks for. */
function markdownOf(document: OpenApiDocument, { name, key, method, outgoing }: Entry): string {
  const { summary, description, deprecated, security, responses } = outgoing
  const responseTexts = Object.entries(responses).map(
    ([status, response]) =>
      `${code(status)} ${plain(resolved<ResponseObject>(document, response).description)}`,
  )
  const lines = [
    `**${plain(name)}**${summary ? `: ${plain(summary)}` : ''}${deprecated ? ' (deprecated)' : ''}`,
    `Sent as ${code(method.toUpperCase())} to ${code(key)}`,
    ...(security ? [`Security: ${securityWords(document, security)}`] : []),
    `Answer: ${responseTexts.join(', or ')}`,
  ]
  // a backslash at its end breaks a line
  return [lines.join('\\\n'), ...(description ? [quotation(description)] : [])].join('\n\n')
}
