/** A module of so many exported operations, each with parameters, a body, two responses and a callback of its own. */
export function operationsModule(count: number): string {
  const operations = Array.from({ length: count }, (_, index) => operation(index))
  return [
    "import { callback, route } from '@ringback/core'",
    "import * as v from 'valibot'",
    ...operations,
  ].join('\n')
}

/** Their app, with the type that the compiler infers. */
export const APP = `
import { createApi } from '@ringback/core'
import * as operations from './operations.ts'
export const app = createApi({ info: { title: 'T', version: '1' } }, Object.values(operations))
`

/** The same, with the type written out. */
export const ANNOTATED_APP = `
import { type Api, createApi } from '@ringback/core'
import { hc } from 'hono/client'
import * as operations from './operations.ts'
export const app: Api<typeof operations> = createApi(
  { info: { title: 'T', version: '1' } },
  Object.values(operations),
)
export const client: ReturnType<typeof hc<typeof app>> = hc<typeof app>('http://localhost')
`

/** A client of the app. */
export const CLIENT = `
import { hc } from 'hono/client'
import type { app } from './app.ts'
export const client = hc<typeof app>('http://localhost')
`

const operation = (i: number) => `
const created${i} = callback('post', '{$request.body#/callbackUrl}')
  .body(v.object({ created${i}: v.string() }))
  .response(204)
export const operation${i} = route('post', '/things${i}/:id')
  .params(v.object({ id: v.string() }))
  .query(v.object({ notify${i}: v.optional(v.string()) }))
  .body(v.object({ name: v.string(), callbackUrl: v.string(), total${i}: v.number() }))
  .response(200, v.object({ id: v.string(), total${i}: v.number() }))
  .response(404, v.object({ detail: v.string() }))
  .callback('created', created${i})
  .handle(async (c, { callbacks }) => {
    const { name, total${i} } = c.req.valid('json')
    await callbacks.created.send({ created${i}: name })
    return c.json({ id: c.req.valid('param').id, total${i} }, 200)
  })`
