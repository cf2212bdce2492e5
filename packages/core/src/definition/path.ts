import type { OperationDefinition } from './definition.ts'
import { CoreError } from './errors.ts'
import { segmentsOf } from './segments.ts'

const PARAMETER = /^:(?<name>[^{}?/]+)(?<pattern>\{.*\})?(?<optional>\?)?$/s

/**
 * Converts a Hono path to OpenAPI: `/invoices/:id{[0-9]+}` becomes `/invoices/{id}`.
 *
 * @throws {CoreError} with `path` for wildcards and optional parameters, which OpenAPI lacks
 */
export function openApiPath(path: string): string {
  return segmentsOf(path)
    .map((segment) => {
      const name = parameterOf(segment, path)
      return name === undefined ? segment : `{${name}}`
    })
    .join('/')
}

/** The names of the path parameters, in order. */
export function pathParametersOf(path: string): string[] {
  if (!path.includes(':')) return []
  return segmentsOf(path).flatMap((segment) => PARAMETER.exec(segment)?.groups?.name ?? [])
}

/** The regular expression that Hono compares a path parameter with, by its name. */
export function pathPatternsOf(path: string): ReadonlyMap<string, string> {
  const patterns = segmentsOf(path).flatMap((segment): [string, string][] => {
    const { name, pattern } = PARAMETER.exec(segment)?.groups ?? {}
    if (name === undefined || pattern === undefined) return []
    const source = pattern.slice(1, -1)
    // Hono compares the whole segment
    return [[name, source.includes('|') ? `^(?:${source})$` : `^${source}$`]]
  })
  return new Map(patterns)
}

/** The path without the names of parameters and the slash at its end, which do not distinguish requests. */
export function shapeOf(path: string): string {
  return segmentsOf(path)
    .map((segment) => decoded(segment).replace(PARAMETER, ':$<pattern>$<optional>'))
    .join('/')
    .replace(/\/+$/, '')
}

function parameterOf(segment: string, path: string): string | undefined {
  const groups = PARAMETER.exec(segment)?.groups
  if (groups?.optional) {
    throw new CoreError(
      'path',
      `the path '${path}' has an optional parameter, which OpenAPI cannot describe; declare two operations`,
    )
  }
  // the pattern of a parameter is not a wildcard
  if (groups === undefined && segment.includes('*')) {
    throw new CoreError(
      'path',
      `the path '${path}' has a wildcard, which OpenAPI cannot describe; use a parameter, or hide the operation`,
    )
  }
  return groups?.name
}

/** The path without and with a slash at its end, as Hono compares it: an operation answers both. */
export function bothSlashes(path: string): string[] {
  const bare = segmentsOf(path).map(decoded).join('/').replace(/\/+$/, '')
  return bare === '' ? ['/'] : [bare, `${bare}/`]
}

/**
 * Decodes a literal segment as Hono decodes the path of a request: all but `%25` and the encoded delimiters of URLs,
 * such as `%2F`.
 */
function decoded(segment: string): string {
  if (!segment.includes('%') || segment.startsWith(':')) return segment
  const upper = segment.replace(/%[\da-f]{2}/gi, (encoded) => encoded.toUpperCase())
  try {
    return decodeURI(upper.replaceAll('%25', '%2525'))
  } catch {
    return upper // bytes that are not UTF-8, which Hono leaves as they are
  }
}

/** The name of an operation in messages: `POST /orders`. */
export function placeOf({ method, path }: OperationDefinition): string {
  return `${method.toUpperCase()} ${path}`
}
