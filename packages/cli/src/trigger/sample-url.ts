import { type ExpressionPart, parseTemplate } from '@ringback/expression'
import { escapeSegment } from '../documents/json-differences.ts'
import type { Outgoing } from '../documents/outgoing.ts'
import { isRecord, type JsonObject } from '../documents/read-document.ts'
import { resolve, valueAt } from '../documents/resolve.ts'
import { parametersOf, sampleOf } from './sample-message.ts'

/**
 * Makes the URL of a sample: `to` stands for the expression that a key begins with, and samples of what the others
 * read for them. A key that begins otherwise, and a webhook, have `to` as it is.
 */
export function sampleUrl(document: JsonObject, outgoing: Outgoing, to: URL): string {
  if (outgoing.kind === 'webhook') return to.href
  const parts = partsOf(outgoing.key)
  const [first] = parts
  if (first?.kind !== 'expression' || first.position !== 'url') return to.href
  return parts
    .map((part, index) => {
      if (part.kind === 'literal') return part.text
      if (index === 0) return to.href.replace(/\/+$/, '')
      return encodeURIComponent(sampleText(document, outgoing, part))
    })
    .join('')
}

function partsOf(key: string) {
  try {
    return parseTemplate(key).parts
  } catch {
    // a key of a foreign document, which lint explains
    return []
  }
}

function sampleText(
  document: JsonObject,
  { parent }: Outgoing,
  { expression }: ExpressionPart,
): string {
  if (!('source' in expression) || expression.root === 'response' || !parent) return 'sample'
  const value =
    expression.source === 'body'
      ? valueAt(sampleBody(document, parent.operation), pointerOf(expression.pointer ?? []))
      : sampleParameter(document, parent.operation, expression)
  return typeof value === 'object' || value === undefined ? 'sample' : String(value)
}

function sampleBody(document: JsonObject, operation: JsonObject): unknown {
  const body = resolve(document, operation.requestBody).value
  const content = isRecord(body) && isRecord(body.content) ? body.content : {}
  const media = Object.entries(content).find(([type]) => /json/i.test(type))
  return media && sampleOf(document, media[1])
}

function sampleParameter(
  document: JsonObject,
  operation: JsonObject,
  { source, name }: { readonly source: string; readonly name: string },
): unknown {
  const normalize = (text: unknown) => (source === 'header' ? String(text).toLowerCase() : text)
  const found = parametersOf(document, operation).find(
    (one) => one.in === source && normalize(one.name) === normalize(name),
  )
  return found && sampleOf(document, found)
}

function pointerOf(names: readonly string[]): string {
  return names.map((name) => `/${escapeSegment(name)}`).join('')
}
