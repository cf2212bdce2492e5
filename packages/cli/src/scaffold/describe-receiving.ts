import { parseTemplate } from '@ringback/expression'
import { listOutgoing, membersOf, type Outgoing } from '../documents/outgoing.ts'
import { isRecord, type JsonObject } from '../documents/read-document.ts'
import { resolve } from '../documents/resolve.ts'
import { sampleOutgoing } from '../trigger/sample-message.ts'
import { leastValue } from './least-value.ts'
import { createNames, kebab } from './names.ts'

/** A callback or webhook, as a receiver implements it. */
export interface Receiving {
  /** A name of a variable. */
  readonly name: string
  readonly outgoing: Outgoing
  /** The path of the receiver, in Hono's syntax. */
  readonly path: string
  /** The path without what the sender adds: what is given to the API. */
  readonly base: string
  readonly mediaType?: string
  /** The schema of the body; `undefined` without a body. */
  readonly body?: unknown
  /** By status: the schema of the JSON body, if it has one. */
  readonly responses: readonly { readonly status: string; readonly schema?: unknown }[]
  readonly samplePayload?: string
  /** The response to a good request: a status, and a body as code. */
  readonly response: { readonly status: number; readonly body?: string }
}

const METHODS = new Set(['get', 'put', 'post', 'delete', 'options', 'patch'])

/** Lists what a receiver of a document's callbacks and webhooks implements. */
export function describeReceiving(document: JsonObject): Receiving[] {
  const names = createNames()
  const known = new Set<string>()
  return listOutgoing(document)
    .filter(({ method }) => METHODS.has(method))
    .filter(({ operation, key, method }) => {
      // a callback that several operations share
      const same = JSON.stringify([key, method, operation])
      return !known.has(same) && known.add(same)
    })
    .map((outgoing): Receiving => {
      const name = names(outgoing.name, 'camel')
      const base = `/${kebab(name)}`
      const sample = sampleOutgoing(document, outgoing)
      const { mediaType, schema } = bodyOf(document, outgoing.operation)
      const responses = responsesOf(document, outgoing.operation)
      return {
        name,
        outgoing,
        base,
        path: `${base}${outgoing.kind === 'callback' ? tailOf(outgoing.key) : ''}`,
        ...(mediaType !== undefined && { mediaType, body: schema }),
        responses: responses.map(({ status, schema: one }) => ({
          status,
          ...(one !== undefined && { schema: one }),
        })),
        ...(sample.body !== undefined && { samplePayload: sample.body }),
        response: goodResponse(document, responses),
      }
    })
}

/** The path that a key adds to the URL that it begins with; expressions become parameters. */
function tailOf(key: string): string {
  let parts: ReturnType<typeof parseTemplate>['parts']
  try {
    ;({ parts } = parseTemplate(key))
  } catch {
    return ''
  }
  const names = createNames()
  const text = parts
    .map((part) => {
      if (part.kind === 'literal') return part.text
      if (part.position === 'url' || part.position === 'host') return ''
      const [last = 'value'] = /[\w-]+$/.exec(part.source) ?? []
      return `:${names(last, 'camel')}`
    })
    .join('')
  const [path = ''] = text.replace(/^https?:\/\/[^/?]*/i, '').split('?')
  // a parameter is a whole segment in Hono
  const segments = path
    .split('/')
    .slice(1)
    .map((one) => /^[^:]*(:\w+).*$/.exec(one)?.[1] ?? encodeURI(decode(one)))
  return segments.length === 0 || segments.join('') === '' ? '' : `/${segments.join('/')}`
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function bodyOf(document: JsonObject, operation: JsonObject) {
  const body = resolve(document, operation.requestBody).value
  const content = isRecord(body) && isRecord(body.content) ? Object.entries(body.content) : []
  const [mediaType, media] = content.find(([type]) => isJson(type)) ?? content[0] ?? []
  return { mediaType, schema: isRecord(media) ? (media.schema ?? true) : true }
}

function isJson(mediaType: string): boolean {
  return /^application\/json\b/i.test(mediaType)
}

interface DeclaredResponse {
  readonly status: string
  readonly schema?: unknown
}

function responsesOf(document: JsonObject, operation: JsonObject): DeclaredResponse[] {
  const declared = membersOf(operation.responses).flatMap(([status, given]): DeclaredResponse[] => {
    if (!/^(?:[2-5]\d\d|[2-5]XX|default)$/i.test(status)) return []
    const { value } = resolve(document, given)
    const content = isRecord(value) && isRecord(value.content) ? value.content : {}
    const media = Object.entries(content).find(([type]) => isJson(type))?.[1]
    const schema = isRecord(media) ? media.schema : undefined
    const hasBody = schema !== undefined && !/^(?:204|205|304)$/.test(status)
    const plain = /^\d/.test(status) ? status.toUpperCase() : 'default'
    return [{ status: plain, ...(hasBody && { schema }) }]
  })
  return declared.some(({ status }) => /^2|default/.test(status))
    ? declared
    : [{ status: '204' }, ...declared]
}

function goodResponse(document: JsonObject, responses: readonly DeclaredResponse[]) {
  const found =
    responses.find(({ status }) => /^2\d\d$/.test(status)) ??
    responses.find(({ status }) => status === '2XX') ??
    responses.find(({ status }) => status === 'default')
  const status = /^\d{3}$/.test(found?.status ?? '') ? Number(found?.status) : 200
  if (found?.schema === undefined) return { status }
  return { status, body: JSON.stringify(leastValue(document, found.schema)) }
}
