import type { OpenApiDocument } from '@ringback/core'
import { sampleValue } from '@ringback/core/document'
import type { JsonSchema } from '@ringback/core/internal'
import type { Outgoing } from '../documents/outgoing.ts'
import { isRecord, type JsonObject } from '../documents/read-document.ts'
import { resolve } from '../documents/resolve.ts'

/** A sample of a callback or webhook, before it is signed. */
export interface SampleMessage {
  readonly mediaType?: string
  /** Absent without a body. */
  readonly body?: string
  /** Header fields that it must have, by name. */
  readonly headers: Readonly<Record<string, string>>
  /** Query parameters that it must have. */
  readonly query: readonly (readonly [name: string, value: string])[]
}

/** Makes a sample of the message that an operation describes, from its examples and schemas. */
export function sampleMessage(
  document: JsonObject,
  { operation }: Pick<Outgoing, 'operation'>,
): SampleMessage {
  const body = resolve(document, operation.requestBody).value
  const content = isRecord(body) && isRecord(body.content) ? Object.entries(body.content) : []
  const [mediaType, media] = content.find(([type]) => /json/i.test(type)) ?? content[0] ?? []
  const parameters = parametersOf(document, operation)
    .filter(({ name, required }) => required === true && !/^webhook-/i.test(String(name)))
    .map((one) => ({ one, value: textOf(sampleOf(document, one)) }))
  return {
    ...(mediaType !== undefined && {
      mediaType,
      body: textOf(sampleOf(document, media), mediaType),
    }),
    headers: Object.fromEntries(
      parameters.flatMap(({ one, value }) =>
        one.in === 'header' ? [[String(one.name), value]] : [],
      ),
    ),
    query: parameters.flatMap(({ one, value }) =>
      one.in === 'query' ? [[String(one.name), value] as const] : [],
    ),
  }
}

/** The parameters of an operation, resolved. */
export function parametersOf(document: JsonObject, operation: JsonObject): JsonObject[] {
  const list = Array.isArray(operation.parameters) ? operation.parameters : []
  return list.map((one) => resolve(document, one).value).filter(isRecord)
}

/** The sample of a media type or a parameter: its example, else a value of its schema. */
export function sampleOf(document: JsonObject, described: unknown): unknown {
  const { example, examples, schema } = isRecord(described) ? described : {}
  if (example !== undefined) return example
  const named = isRecord(examples) ? resolve(document, Object.values(examples)[0]).value : undefined
  if (isRecord(named)) return named.value ?? named.dataValue
  // a schema that is true allows everything
  if (!isRecord(schema)) return {}
  // the document was read from anywhere; sampleValue takes nothing of it for granted
  return sampleValue(document as unknown as OpenApiDocument, schema as JsonSchema)
}

function textOf(value: unknown, mediaType = ''): string {
  const isText = typeof value === 'string' && !/[/+]json/i.test(mediaType)
  return isText ? value : JSON.stringify(value)
}
