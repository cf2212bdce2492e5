import { CoreError } from '../errors.ts'

const PARAMETER = /^:(?<name>\w+)(?<pattern>\{.*\})?(?<optional>\?)?$/s

/**
 * Writes Hono's path as OpenAPI does: `/invoices/:id{[0-9]+}` becomes `/invoices/{id}`.
 *
 * @throws {CoreError} with `path` for what OpenAPI has no word for: wildcards and optional parameters
 */
export function openApiPath(path: string): string {
  return path
    .split('/')
    .map((segment) => {
      const name = parameterOf(segment, path)
      return name === undefined ? segment : `{${name}}`
    })
    .join('/')
}

/** The names of a path's parameters, in order. */
export function pathParametersOf(path: string): string[] {
  return path.split('/').flatMap((segment) => parameterOf(segment, path) ?? [])
}

function parameterOf(segment: string, path: string): string | undefined {
  if (segment.includes('*')) {
    throw new CoreError('path', `the path '${path}' has a wildcard, which OpenAPI cannot describe`)
  }
  const groups = PARAMETER.exec(segment)?.groups
  if (groups?.optional) {
    throw new CoreError(
      'path',
      `the path '${path}' has an optional parameter, which OpenAPI cannot describe: declare two operations`,
    )
  }
  return groups?.name
}
