import type { HttpMethod } from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'
import { pathParametersOf } from '../definition/path.ts'
import { requireMethod } from '../definition/require-method.ts'
import { segmentsOf } from '../definition/segments.ts'

/**
 * Refuses a method and a path that no operation can have.
 *
 * @throws {CoreError} with `path`
 */
export function checkPlace(method: HttpMethod, path: string): void {
  if (typeof __RINGBACK_CHECKS__ !== 'undefined' && !__RINGBACK_CHECKS__) return
  requireMethod(method, `the path '${path}'`)
  // from JavaScript, there may be none
  if (!path?.startsWith('/')) {
    throw new CoreError('path', `the path '${path}' must begin with '/'`)
  }
  const segments = segmentsOf(path)
  const foreign = segments.find((segment) => /^\{.*\}$/s.test(segment))
  if (foreign !== undefined) {
    throw new CoreError(
      'path',
      `the path '${path}' must have its parameters in Hono's syntax: ':${foreign.slice(1, -1)}'`,
    )
  }
  const literals = segments.map((segment) => segment.replace(/(?<=^:[^{]*)(?:\{.*\})?\??$/s, ''))
  const misplaced = /[?#\s]/.exec(literals.join('/'))?.[0]
  if (misplaced !== undefined) {
    throw new CoreError(
      'path',
      `the path '${path}' contains '${misplaced}', which the path of a URL cannot; leave it out, and declare a query by .query(…)`,
    )
  }
  if (literals.some((segment) => /%(?![\da-f]{2})/i.test(segment))) {
    throw new CoreError(
      'path',
      `the path '${path}' contains a '%' that encodes no byte; write it as '%25'`,
    )
  }
  const names = pathParametersOf(path)
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) {
    throw new CoreError(
      'path',
      `the path '${path}' has the parameter '${twice}' twice; give one of them another name`,
    )
  }
  if (method === 'head') {
    throw new CoreError(
      'path',
      `HEAD ${path} is never called: Hono answers HEAD requests by the operation GET ${path}, without its body; declare that one`,
    )
  }
}
