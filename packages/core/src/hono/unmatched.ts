import type { Context, Hono } from 'hono'
import type { ProblemFormat } from '../definition/problem.ts'
import { PROBLEM_TYPE, problemOf } from '../problems/problem.ts'
import { segmentsAt } from './mount.ts'

const METHODS = ['GET', 'PUT', 'POST', 'DELETE', 'PATCH', 'TRACE', 'OPTIONS']

/**
 * Answers a request that no operation has: with 405 and `Allow` where its path has other methods, and else with 404.
 * OPTIONS gets 204 and `Allow`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110.html#section-15.5.6
 */
export async function answerUnmatched(
  c: Context,
  app: Hono,
  format: ProblemFormat | undefined,
): Promise<Response> {
  const allowed = allowedMethods(c, app)
  if (allowed.length === 0)
    return respond(c, { status: 404, detail: 'no operation has this path' }, format)
  const headers = { allow: allowed.join(', ') }
  if (c.req.method === 'OPTIONS') return new Response(null, { status: 204, headers })
  const detail = `this path has no ${c.req.method}; the methods that it has are in the header Allow`
  return respond(c, { status: 405, detail, headers }, format)
}

/** The methods that have a handler of their own for the path; middleware is for all methods. */
function allowedMethods(c: Context, app: Hono): string[] {
  const { mount } = segmentsAt(c)
  const path = `/${c.req.path.split('/').slice(mount).join('/')}`
  const methods = METHODS.filter((method) =>
    app.router.match(method, path)[0].some(([[, route]]) => route.method === method),
  )
  const own = methods.filter((method) => method !== 'OPTIONS')
  if (own.length === 0) return []
  return [...own.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : method)), 'OPTIONS']
}

interface Refusal {
  readonly status: 404 | 405
  readonly detail: string
  readonly headers?: Readonly<Record<string, string>>
}

async function respond(
  c: Context,
  { status, detail, headers }: Refusal,
  format: ProblemFormat | undefined,
): Promise<Response> {
  const problem = problemOf(status, { detail })
  const body = format ? await format['~body'](problem, c) : problem
  return new Response(JSON.stringify(body), {
    status,
    headers: { 'content-type': format?.mediaType ?? PROBLEM_TYPE, ...headers },
  })
}
