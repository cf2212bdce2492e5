// The tutorial as a Cloudflare Worker: bindings, secrets and waitUntil arrive with the request.
import { CoreError, createApi } from '@ringback/core'
import { reference } from '@ringback/reference'
import { createSender, memoryStore, SenderError } from '@ringback/sender'
import { Hono } from 'hono'
import { tutorialApi } from './tutorial.ts'

const store = memoryStore({ volatile: true })
const policy = { allowHttp: true, allow: ['127.0.0.1'] }

const tutorial = tutorialApi((c) =>
  createSender({
    store,
    secrets: [c.env.CALLBACK_SECRET],
    egress: 'platform',
    policy,
    waitUntil: (promise) => c.executionCtx.waitUntil(promise),
  }),
)

// its script is on a disk, which is not here
const withoutCdn = createApi(
  {
    info: { title: 'Invoices', version: '1.0.0' },
    document: '/openapi.json',
    reference: reference('/reference'),
  },
  [],
)
withoutCdn.onError((error, c) => c.text(error instanceof CoreError ? error.code : String(error)))

export default new Hono<{ Bindings: { CALLBACK_SECRET: string } }>()
  .route('/', tutorial)
  // what must be refused here; the answer is the error's code
  .get('/refusals/lasting-memory', async (c) => c.text(await codeOf(() => memoryStore())))
  .get('/refusals/script-on-disk', () => withoutCdn.request('/reference'))
  .get('/refusals/unguarded', async (c) => {
    const sender = createSender({ store, secrets: [c.env.CALLBACK_SECRET], policy })
    return c.text(await codeOf(() => sender.start()))
  })

async function codeOf(run: () => unknown): Promise<string> {
  try {
    await run()
    return 'accepted'
  } catch (error) {
    return error instanceof SenderError ? error.code : String(error)
  }
}
