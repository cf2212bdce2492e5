import type {
  DeliveryTerms,
  OpenApiDocument,
  OperationObject,
  ResponseObject,
} from '@ringback/core/internal'
import { resolveReference } from '@ringback/core/internal'
import { describeExpressions } from './describe-expressions.ts'
import { describeSecurity } from './describe-security.ts'
import { describeTerms } from './describe-terms.ts'
import { escapeText, formatBlock, formatCode, quoteMarkdown } from './markdown.ts'
import { SAMPLE_SECRET, sampleRequest } from './sample-request.ts'

/** One request of a callback. */
export interface CallbackPlace {
  readonly key: string
  readonly method: string
  readonly outgoing: OperationObject
  /** The operations that have the callback. */
  readonly operations: readonly OperationObject[]
  /** Its own terms, which the introduction does not have. */
  readonly terms?: Partial<DeliveryTerms> | undefined
  /** The time of the sample's signature, in milliseconds. */
  readonly now: number
}

/**
 * Adds to a callback what Scalar has no other place for: Scalar shows the description of a callback's body, and none
 * of the callback itself.
 */
export async function describeCallback(
  document: OpenApiDocument,
  { key, method, outgoing, operations, terms, now }: CallbackPlace,
): Promise<OperationObject> {
  const { summary, description, deprecated, security, responses, requestBody } = outgoing
  const responseTexts = Object.entries(responses).map(
    ([status, response]) =>
      `${formatCode(status)} ${escapeText(resolveReference<ResponseObject>(document, response).description)}`,
  )
  const title = [
    ...(summary ? [`**${escapeText(summary)}**`] : []),
    ...(deprecated ? ['(deprecated)'] : []),
  ]
  const lines = [
    ...(title.length > 0 ? [title.join(' ')] : []),
    `Sent as ${formatCode(method.toUpperCase())} to ${formatCode(key)}`,
    ...(security ? [`Security: ${describeSecurity(document, security)}`] : []),
    `Response: ${responseTexts.join(', or ')}`,
    ...describeTerms(terms),
  ]
  const reads = describeExpressions(document, key, operations)
  const { payload, mediaType, curl, isSigned } = await sampleRequest(document, {
    key,
    method,
    outgoing,
    now,
  })
  const before = isSigned
    ? `The same as a command, signed with the sample secret ${formatCode(SAMPLE_SECRET)}. A signature is valid for five minutes; reload the page for a new one.`
    : 'The same as a command:'
  const parts = [
    // a backslash at the end of a line breaks it
    lines.join('\\\n'),
    ...(description ? [quoteMarkdown(description)] : []),
    ...(reads.length > 0 ? ['In the URL:', reads.map((one) => `- ${one}`).join('\n')] : []),
    ...(payload === undefined
      ? ['It has no body.']
      : [
          'A sample payload:',
          formatBlock(/[/+]json$/.test(mediaType ?? '') ? 'json' : 'text', payload),
        ]),
    before,
    formatBlock('bash', curl),
    ...(requestBody?.description ? [requestBody.description] : []),
  ]
  // Scalar shows the description of a body that has no schema as well, and the name of its media type
  const body = requestBody ?? { required: false, content: { 'no body': {} } }
  return { ...outgoing, requestBody: { ...body, description: parts.join('\n\n') } }
}
