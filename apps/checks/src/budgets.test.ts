import { describe, expect, it } from 'vitest'
import budgets from '../../../budgets.json' with { type: 'json' }
import { bundleSize, oneFileSize } from './bundle-size.ts'
import { routesProgram } from './routes-program.ts'
import { typeCost } from './type-cost.ts'
import { membersOf } from './workspace.ts'

const app = (options: string, before = '') => `
  import { createApi, route } from '@ringback/core'
  import * as v from 'valibot'
  ${before}
  const createOrder = route('post', '/orders')
    .query(v.object({ dry: v.optional(v.string()) }))
    .body(v.object({ id: v.string(), total: v.number() }))
    .response(200, v.object({ msg: v.string() }))
    .handle((c) => c.json({ msg: c.req.valid('json').id }, 200))
  export default createApi({ info: { title: 'Orders', version: '1.0.0' }, ${options} }, [createOrder])
`

const SENDER = `
  import { createSender, memoryStore } from '@ringback/sender'
  const store = memoryStore({ volatile: true })
  const sender = createSender({ store, secrets: ['whsec_'], egress: 'platform' })
`

const REFERENCE = `
  import { reference } from '@ringback/reference'
`

describe('a bundle, minified and gzipped, is not larger than its budget:', () => {
  const measures: Record<keyof typeof budgets.bundle, () => Promise<number>> = {
    expression: async () => (await bundleSize("export * from '@ringback/expression'")).start,
    signing: async () => (await bundleSize("export * from '@ringback/signing'")).start,
    app: async () => (await bundleSize(app(''))).start,
    'app with document': async () => (await bundleSize(app("document: '/openapi.json'"))).whole,
    'app with document and reference': async () =>
      (
        await bundleSize(
          app("document: '/openapi.json', reference: reference('/reference')", REFERENCE),
        )
      ).whole,
    'sender, added to the app': async () =>
      (await bundleSize(app('sender', SENDER))).start - (await bundleSize(app(''))).start,
    'app with sender, all chunks': async () => (await bundleSize(app('sender', SENDER))).whole,
    'app in one file': () => oneFileSize(app('')),
    'app with sender in one file': () => oneFileSize(app('sender', SENDER)),
    receiver: async () => (await bundleSize("export * from '@ringback/receiver'")).start,
    'receiver, all chunks': async () =>
      (await bundleSize("export * from '@ringback/receiver'")).whole,
    'console, with what it needs of hono': async () =>
      (await bundleSize("export * from '@ringback/console'")).whole,
  }

  it.each(Object.entries(measures))('%s', async (name, measure) => {
    const { limit } = budgets.bundle[name as keyof typeof measures]
    expect(await measure(), `bytes of ${name}`).toBeLessThanOrEqual(limit)
  })
})

describe('a portable package needs no module of the runtime to start:', () => {
  const portable = membersOf('packages').filter(
    ({ name }) => !/^(store-.*|cli|create-ringback)$/.test(name),
  )

  it.each(portable.map(({ manifest }) => manifest.name))('%s', async (name) => {
    expect((await bundleSize(`export * from '${name}'`)).builtins).toEqual([])
  })
})

describe('the type instantiations of an API and its client are within their budget:', () => {
  it.each([
    { name: '100 routes', callbacks: false },
    { name: '100 routes with two callbacks each', callbacks: true },
  ] as const)('$name', { timeout: 90_000 }, async ({ name, callbacks }) => {
    const file = callbacks ? 'callbacks' : 'routes'
    const of100 = await typeCost(`${file}-100`, routesProgram({ routes: 100, callbacks }))
    expect(of100, 'instantiations').toBeLessThanOrEqual(budgets.instantiations[name].limit)

    const of300 = await typeCost(`${file}-300`, routesProgram({ routes: 300, callbacks }))
    const growth = of300 / of100
    expect(growth, 'times of 300 routes').toBeLessThanOrEqual(
      budgets.instantiations['300 routes, times those of 100'].limit,
    )
  })
})
