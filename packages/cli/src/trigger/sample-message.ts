import type { OpenApiDocument } from '@ringback/core'
import { type SampleMessage, sampleContent, sampleMessage } from '@ringback/core/document'
import type { Outgoing } from '../documents/outgoing.ts'
import { isRecord, type JsonObject } from '../documents/read-document.ts'
import { resolve } from '../documents/resolve.ts'

/** Makes a sample of the message that an operation of anybody's document describes. */
export function sampleOutgoing(
  document: JsonObject,
  { operation }: Pick<Outgoing, 'operation'>,
): SampleMessage {
  const body = resolve(document, operation.requestBody).value
  const all = isRecord(body) && isRecord(body.content) ? Object.entries(body.content) : []
  const content = Object.fromEntries(
    all.map(([type, media]) => [type, isRecord(media) ? media : {}]),
  )
  const parameters = parametersOf(document, operation)
  // the document was read from anywhere; samples take nothing of it for granted
  const given = { requestBody: { content }, parameters } as unknown
  return sampleMessage(asDocument(document), given as Parameters<typeof sampleMessage>[1])
}

/** The parameters of an operation, resolved. */
export function parametersOf(document: JsonObject, operation: JsonObject): JsonObject[] {
  const list = Array.isArray(operation.parameters) ? operation.parameters : []
  return list.map((one) => resolve(document, one).value).filter(isRecord)
}

/** The sample of a media type or a parameter of anybody's document. */
export function sampleOf(document: JsonObject, described: unknown): unknown {
  return sampleContent(asDocument(document), isRecord(described) ? described : {})
}

function asDocument(document: JsonObject): OpenApiDocument {
  return document as unknown as OpenApiDocument
}
