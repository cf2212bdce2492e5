import type {
  CallbackObject,
  OpenApiDocument,
  OperationObject,
  ResponseObject,
} from '@ringback/core/internal'
import { describeExpressions } from './describe-expressions.ts'
import { describeSecurity } from './describe-security.ts'
import { escapeText, formatCode, quoteMarkdown } from './markdown.ts'
import { resolveReference } from './resolve-reference.ts'

/** One request of a callback. */
interface Entry {
  readonly name: string
  readonly key: string
  readonly method: string
  readonly outgoing: OperationObject
}

/**
 * Adds a section on its callbacks to each operation's description, with what Scalar has no other place for. The
 * copy's own description links to the document, so that nobody takes the copy for it.
 */
export function addCallbackSections(document: OpenApiDocument, url: string): OpenApiDocument {
  const paths = Object.entries(document.paths).map(([path, item]) => {
    const fields = Object.entries(item).map(([method, operation]) => [
      method,
      isOperation(operation) ? addSection(document, operation) : operation,
    ])
    return [path, Object.fromEntries(fields)]
  })
  const { description } = document.info
  const link = `[OpenAPI document](<${encodeURI(url)}>)`
  const info = { ...document.info, description: description ? `${description}\n\n${link}` : link }
  return { ...document, info, paths: Object.fromEntries(paths) }
}

function addSection(document: OpenApiDocument, operation: OperationObject): OperationObject {
  const { description, callbacks } = operation
  if (callbacks === undefined) return operation
  const entries = Object.entries(callbacks).flatMap(([name, callback]) =>
    entriesOf(name, resolveReference<CallbackObject>(document, callback)),
  )
  const keys = entries.map(({ key }) => key)
  const reads = describeExpressions(document, keys, operation)
  const parts = [
    ...(description ? [description] : []),
    '#### Callbacks',
    ...entries.map((entry) => describeCallback(document, entry)),
    ...(reads.length > 0 ? ['In these URLs:', reads.map((one) => `- ${one}`).join('\n')] : []),
  ]
  return { ...operation, description: parts.join('\n\n') }
}

/** A path item may have other fields than operations: `extend` merges any. */
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

/** One line each: name and summary, method and URL, security, expected responses; then the description. */
function describeCallback(
  document: OpenApiDocument,
  { name, key, method, outgoing }: Entry,
): string {
  const { summary, description, deprecated, security, responses } = outgoing
  const responseTexts = Object.entries(responses).map(
    ([status, response]) =>
      `${formatCode(status)} ${escapeText(resolveReference<ResponseObject>(document, response).description)}`,
  )
  const lines = [
    `**${escapeText(name)}**${summary ? `: ${escapeText(summary)}` : ''}${deprecated ? ' (deprecated)' : ''}`,
    `Sent as ${formatCode(method.toUpperCase())} to ${formatCode(key)}`,
    ...(security ? [`Security: ${describeSecurity(document, security)}`] : []),
    `Response: ${responseTexts.join(', or ')}`,
  ]
  // a backslash at the end of a line breaks it
  return [lines.join('\\\n'), ...(description ? [quoteMarkdown(description)] : [])].join('\n\n')
}
