import { ExpressionError, parseExpression } from '@ringback/expression'
import { escapeSegment } from '../documents/json-differences.ts'
import { membersOf } from '../documents/outgoing.ts'
import { isRecord, type JsonObject } from '../documents/read-document.ts'
import { resolve, valueAt } from '../documents/resolve.ts'
import { checkExpression } from './check-expression.ts'
import { type LintContext, resolveAt, type Site } from './site.ts'

/** Checks the links of the responses of an operation. */
export function checkLinks(context: LintContext, site: Site, sites: readonly Site[]): void {
  const { document } = context
  for (const [status, given] of membersOf(site.operation.responses)) {
    const response = resolve(document, given)
    const at = response.pointer ?? `${site.pointer}/responses/${escapeSegment(status)}`
    if (!isRecord(response.value)) continue
    for (const [name, link] of membersOf(response.value.links)) {
      const place = `${at}/links/${escapeSegment(name)}`
      const { value, pointer = place } = resolveAt(context, link, place)
      if (value === undefined) continue
      if (!isRecord(value)) {
        context.findings.add('structure', pointer, {
          message: 'This link is not an object.',
          remedy: 'Write an object with the operationId that the link leads to.',
        })
        continue
      }
      checkLink(context, value, { pointer, site, response: response.value, sites })
    }
  }
}

interface LinkPlace {
  readonly pointer: string
  readonly site: Site
  readonly response: JsonObject
  readonly sites: readonly Site[]
}

function checkLink(context: LintContext, link: JsonObject, place: LinkPlace): void {
  const target = findTarget(context, link, place)
  for (const [name, value] of Object.entries(isRecord(link.parameters) ? link.parameters : {})) {
    const pointer = `${place.pointer}/parameters/${escapeSegment(name)}`
    checkLinkValue(context, value, { ...place, pointer })
    if (target === undefined || target.hasForeignParameters) continue
    const [, location, plain = name] = /^(path|query|header|cookie)\.(.+)$/.exec(name) ?? []
    const isThere = target.parameters.some(
      (one) =>
        one.name === name ||
        (one.name === plain && (location === undefined || one.in === location)),
    )
    if (isThere) continue
    const names = target.parameters.map((one) => String(one.name)).join(', ') || 'none'
    context.findings.add('link-parameter', pointer, {
      message: `The link gives the parameter '${name}', which its operation does not have; it has ${names}.`,
      remedy: 'Correct the name, or declare the parameter in that operation.',
    })
  }
  checkLinkValue(context, link.requestBody, { ...place, pointer: `${place.pointer}/requestBody` })
}

function findTarget(
  { document, findings }: LintContext,
  link: JsonObject,
  place: LinkPlace,
): Site | undefined {
  const { operationId, operationRef } = link
  const { pointer, sites } = place
  if (typeof operationId === 'string') {
    const found = sites.find((one) => one.operation.operationId === operationId)
    if (found) return found
    findings.add('link-target', pointer, {
      message: `The link leads to the operation '${operationId}', which the document does not have.`,
      remedy: 'Correct the operationId, or give the operation that id.',
    })
    return undefined
  }
  if (typeof operationRef !== 'string') {
    findings.add('link-target', pointer, {
      message: 'The link names no operation.',
      remedy: 'Give it an operationId, or an operationRef.',
    })
    return undefined
  }
  // of another document nothing is known
  if (!operationRef.startsWith('#')) return undefined
  const operation = valueAt(document, safeDecode(operationRef.slice(1)))
  if (operation !== undefined) return sites.find((one) => one.operation === operation)
  findings.add('link-target', pointer, {
    message: `The operationRef '${operationRef.slice(0, 200)}' leads to nothing.`,
    remedy: 'Write the JSON Pointer of the operation, with ~1 for each / of its path.',
  })
  return undefined
}

/** A value that begins as an expression is one; any other is a constant. */
function checkLinkValue(context: LintContext, value: unknown, place: LinkPlace): void {
  if (typeof value !== 'string') return
  const braced = /^\{(\$[^{}]*)\}$/.exec(value)?.[1]
  const source = braced ?? value
  if (!/^\$(?:request|response|url|method|statusCode)\b/i.test(source)) return
  try {
    const expression = parseExpression(source)
    checkExpression(context, expression, {
      source,
      pointer: place.pointer,
      site: place.site,
      responses: [place.response],
      isInUrl: false,
    })
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    const [problem = '', ...remedy] = error.message.split('; ')
    context.findings.add('expression-syntax', place.pointer, {
      message: `In the link, ${problem}.`,
      remedy: `Correct it: ${remedy.join('; ') || 'write a runtime expression such as $response.body#/id'}.`,
    })
  }
}

function safeDecode(fragment: string): string {
  try {
    return decodeURIComponent(fragment)
  } catch {
    return fragment
  }
}
