import type { OperationDefinition } from './definition.ts'
import { CoreError } from './errors.ts'
import { segmentsOf } from './segments.ts'

const PARAMETER = /^:(?<name>[^{}?/]+)(?<pattern>\{.*\})?(?<optional>\?)?$/s

/**
 * Writes Hono's path as OpenAPI does: `/invoices/:id{[0-9]+}` becomes `/invoices/{id}`.
 *
 * @throws {CoreError} with `path` for what OpenAPI has no word for: wildcards and optional parameters
 */
export function openApiPath(path: string): string {
  return segmentsOf(path)
    .map((segment) => {
      const name = parameterOf(segment, path)
      return name === undefined ? segment : `{${name}}`
    })
    .join('/')
}

/** The names of a path's parameters, in order. */
export function pathParametersOf(path: string): string[] {
  if (!path.includes(':')) return []
  return segmentsOf(path).flatMap((segment) => PARAMETER.exec(segment)?.groups?.name ?? [])
}

/** The path without what does not tell requests apart: parameters' names and a slash at the end. */
export function shapeOf(path: string): string {
  return segmentsOf(path)
    .map((segment) => segment.replace(PARAMETER, ':$<pattern>$<optional>'))
    .join('/')
    .replace(/\/+$/, '')
}

function parameterOf(segment: string, path: string): string | undefined {
  const groups = PARAMETER.exec(segment)?.groups
  if (groups?.optional) {
    throw new CoreError(
      'path',
      `the path '${path}' has an optional parameter, which OpenAPI cannot describe: declare two operations`,
    )
  }
  // a parameter's pattern is no wildcard
  if (groups === undefined && segment.includes('*')) {
    throw new CoreError('path', `the path '${path}' has a wildcard, which OpenAPI cannot describe`)
  }
  return groups?.name
}

/** `/x` and `/x/`: both answer, wherever the app is mounted. */
export function bothSlashes(path: string): string[] {
  const bare = path.replace(/\/+$/, '')
  return bare === '' ? ['/'] : [bare, `${bare}/`]
}

/** How messages call an operation. */
export function placeOf({ method, path }: OperationDefinition): string {
  return `${method.toUpperCase()} ${path}`
}
