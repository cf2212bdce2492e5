// The tutorial as a Vercel Edge Function, in memory: secrets are in the environment.
import { createSender, memoryStore } from '@ringback/sender'
import { tutorialApi } from './tutorial.ts'

interface RequestContext {
  get(): { waitUntil(promise: Promise<unknown>): void }
}

const sender = createSender({
  store: memoryStore({ volatile: true }),
  secrets: [process.env.CALLBACK_SECRET ?? ''],
  egress: 'platform',
  policy: { allowHttp: true, allow: ['127.0.0.1'] },
  waitUntil(promise) {
    // as @vercel/functions does
    const context: RequestContext = Reflect.get(globalThis, Symbol.for('@vercel/request-context'))
    context.get().waitUntil(promise)
  },
})
const app = tutorialApi(sender)

export default (request: Request) => app.fetch(request)
