import type { BodyExpression, Expression, NamedExpression } from '@ringback/expression'
import { escapeSegment } from '../documents/json-differences.ts'
import { isRecord, type JsonObject } from '../documents/read-document.ts'
import { resolve } from '../documents/resolve.ts'
import { closestName } from './closest-name.ts'
import { type Followed, followPointer, typesOf } from './follow-pointer.ts'
import type { LintContext, Site } from './site.ts'

/** Where an expression stands, and what it may read. */
export interface ExpressionPlace {
  /** The expression as it is written. */
  readonly source: string
  readonly pointer: string
  readonly site: Site
  /** The responses that it may read: those of the operation for a callback, one for a link. */
  readonly responses: readonly unknown[]
  /** Whether its value becomes a part of a URL. */
  readonly isInUrl: boolean
}

/** Headers whose parameters OpenAPI ignores, so that no document declares them. */
const UNDECLARABLE = new Set(['accept', 'content-type', 'authorization'])

/** Checks that an operation declares what an expression reads. */
export function checkExpression(
  context: LintContext,
  expression: Expression,
  place: ExpressionPlace,
): void {
  if (!('source' in expression)) return
  if (expression.source === 'body') checkBody(context, expression, place)
  else if (expression.root === 'response') checkResponsePart(context, expression, place)
  else checkRequestPart(context, expression, place)
}

function checkRequestPart(
  context: LintContext,
  { source, name }: NamedExpression,
  place: ExpressionPlace,
): void {
  const { parameters, hasForeignParameters, path = '' } = place.site
  const normalize = (text: unknown) => (source === 'header' ? String(text).toLowerCase() : text)
  const isDeclared = parameters.some(
    (one) => one.in === source && normalize(one.name) === normalize(name),
  )
  const isKnown =
    isDeclared ||
    hasForeignParameters ||
    (source === 'path' && path.includes(`{${name}}`)) ||
    (source === 'header' && UNDECLARABLE.has(name.toLowerCase()))
  if (isKnown) return
  const elsewhere = parameters.find((one) => normalize(one.name) === normalize(name))
  const near = closestName(
    name,
    parameters.filter((one) => one.in === source).map((one) => String(one.name)),
  )
  const remedy = elsewhere
    ? `Write $request.${String(elsewhere.in)}.${name}, as it is declared.`
    : near === undefined
      ? `Add it to the parameters of the operation, with in: ${source}.`
      : `Write $request.${source}.${near}, or declare it.`
  context.findings.add('undeclared', place.pointer, {
    message: `'${place.source}' reads the ${source === 'header' ? 'header' : `${source} parameter`} '${name}', which ${describe(place.site)} does not declare.`,
    remedy,
  })
}

function checkBody(
  context: LintContext,
  { root, pointer }: BodyExpression,
  place: ExpressionPlace,
): void {
  const { document, findings } = context
  const { source: text } = place
  const bodies = root === 'request' ? [place.site.operation.requestBody] : place.responses
  const resolved = bodies.filter((one) => one !== undefined).map((one) => resolve(document, one))
  if (resolved.some((one) => one.problem !== undefined)) return
  const media = resolved.flatMap(({ value }) =>
    isRecord(value) && isRecord(value.content) ? Object.values(value.content) : [],
  )
  if (media.length === 0) {
    findings.add('undeclared', place.pointer, {
      message: `'${text}' reads the body of the ${root}, which ${describe(place.site)} does not have.`,
      remedy: `Add ${root === 'request' ? 'a requestBody' : 'content to the response'} with the schema that has this member, or read another part.`,
    })
    return
  }
  const schemas = media.map((one) => (isRecord(one) ? one.schema : undefined))
  const results = schemas.map(
    (one): Followed =>
      one === undefined ? { state: 'unknown' } : followPointer(document, one, pointer ?? []),
  )
  if (results.some(({ state }) => state === 'unknown')) return
  const found = results.flatMap((one) => (one.state === 'found' ? one.schemas : []))
  if (found.length > 0) {
    if (place.isInUrl) checkValueType(context, found, { text, pointer: place.pointer })
    return
  }
  const [lacking] = results.filter((one) => one.state === 'lacks')
  const names = pointer ?? []
  const { at = 0, members = [] } = lacking ?? {}
  const near = closestName(names[at] ?? '', members)
  // dots between members, as other languages write them
  const dotted = names.flatMap((name) => name.split('.'))
  const isDotted = schemas.some((one) => followPointer(document, one, dotted).state === 'found')
  const meant = isDotted ? dotted : near === undefined ? undefined : names.with(at, near)
  const fixed = meant?.map((name) => `/${escapeSegment(name)}`).join('')
  findings.add('pointer', place.pointer, {
    message: `'${text}' reads the member '${names[at]}', which the schema of the ${root}'s body does not have.`,
    remedy:
      fixed === undefined
        ? 'Add it to the properties of the schema, or correct the pointer.'
        : `Write $${root}.body#${fixed}, or add it to the properties of the schema.`,
  })
}

function checkValueType(
  { findings }: LintContext,
  schemas: readonly JsonObject[],
  { text, pointer }: { readonly text: string; readonly pointer: string },
): void {
  const types = schemas.map(typesOf)
  const isStructured = types.every(
    (list) => list.length > 0 && list.every((one) => one === 'object' || one === 'array'),
  )
  if (!isStructured) return
  findings.add('value-type', pointer, {
    message: `'${text}' reads ${types.flat().includes('object') ? 'an object' : 'a list'}, which no URL can hold.`,
    remedy: 'Read one of its members that is text or a number.',
  })
}

function checkResponsePart(
  { document, findings }: LintContext,
  { source, name }: NamedExpression,
  place: ExpressionPlace,
): void {
  const responses = place.responses.map((one) => resolve(document, one))
  if (responses.some((one) => one.problem !== undefined)) return
  const headers = responses.flatMap(({ value }) =>
    isRecord(value) && isRecord(value.headers) ? Object.keys(value.headers) : [],
  )
  // OpenAPI ignores a declaration of this one, too
  if (
    source === 'header' &&
    (name === 'content-type' || headers.some((one) => one.toLowerCase() === name))
  )
    return
  const { source: text } = place
  findings.add('undeclared', place.pointer, {
    message:
      source === 'header'
        ? `'${text}' reads the header '${name}', which the responses of ${describe(place.site)} do not declare.`
        : `'${text}' reads a ${source} parameter of a response, which no response has.`,
    remedy:
      source === 'header'
        ? 'Add it to the headers of the response, or correct the name.'
        : `Write $request.${source}.${name}, or read the body or a header of the response.`,
  })
}

function describe({ kind, method, path, operation }: Site): string {
  const id = operation.operationId
  if (typeof id === 'string') return `the ${kind} '${id}'`
  return path === undefined ? `the ${kind}` : `${method.toUpperCase()} ${path}`
}
