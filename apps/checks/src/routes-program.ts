/** The size of the program. */
export interface RoutesProgram {
  readonly routes: number
  /** Whether each operation has two callbacks. */
  readonly callbacks: boolean
}

/**
 * Writes an API of so many operations, each with its own query, body and response, and a client that calls them all
 * and reads their responses.
 */
export function routesProgram({ routes, callbacks }: RoutesProgram): string {
  const indices = Array.from({ length: routes }, (_, index) => index)
  const names = indices.map((i) => `operation${i}`).join(', ')
  return [
    `import { ${callbacks ? 'callback, ' : ''}createApi, route } from '@ringback/core'`,
    "import { hc } from 'hono/client'",
    "import * as v from 'valibot'",
    ...indices.map((i) => (callbacks ? callbacksOf(i) : '') + operation(i, callbacks)),
    `export const app = createApi({ info: { title: 'T', version: '1' } }, [${names}])`,
    "const client = hc<typeof app>('http://localhost')",
    ...indices.map((i) => call(i, callbacks)),
    'type IsAny<T> = 0 extends 1 & T ? true : false',
    `export const isAny: IsAny<Awaited<ReturnType<typeof call${routes - 1}>>> = false`,
  ].join('\n\n')
}

const callbacksOf = (i: number) => `
const created${i} = callback('post', '{$request.body#/callbackUrl}')
  .body(v.object({ created${i}: v.string() }))
  .response(204)
const moved${i} = callback('put', '{$request.query.notify${i}}/things/{$request.body#/id}')
  .body(v.object({ moved${i}: v.boolean() }))
  .response(200, v.object({ ok: v.boolean() }))
`

const operation = (i: number, callbacks: boolean) => `
const operation${i} = route('post', '/things${i}')
  .query(v.object({ notify${i}: v.optional(v.string()) }))
  .body(v.object({ id: v.string(), callbackUrl: v.string(), total${i}: v.number() }))
  .response(200, v.object({ id: v.string(), total${i}: v.number() }))
  ${callbacks ? `.callback('created', created${i}).callback('moved', moved${i})` : ''}
  .handle(async (c${callbacks ? ', { callbacks }' : ''}) => {
    const { id, total${i} } = c.req.valid('json')
    const { notify${i} = id } = c.req.valid('query')
    ${callbacks ? `await callbacks.created.send({ created${i}: id })` : ''}
    ${callbacks ? `await callbacks.moved.send({ moved${i}: true })` : ''}
    return c.json({ id: notify${i}, total${i} }, 200)
  })`

const call = (i: number, callbacks: boolean) => `
export const call${i} = async () => {
  const json = { id: '${callbacks}', callbackUrl: 'https://a.example', total${i}: 1 }
  const response = await client.things${i}.$post({ query: { notify${i}: 'a' }, json })
  const { total${i} } = await response.json()
  return total${i}.toFixed()
}`
