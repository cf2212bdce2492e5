import { runtimeSender } from './runtime-sender.ts'
import { tutorialApi } from './tutorial.ts'

declare const Bun: {
  serve(options: {
    fetch(request: Request): Response | Promise<Response>
    port: number
    hostname: string
  }): { readonly port: number }
}

const sender = await runtimeSender()
await sender.start()
const app = tutorialApi(sender)
const { port } = Bun.serve({
  fetch: (request) => app.fetch(request),
  port: 0,
  hostname: '127.0.0.1',
})
console.log(`http://127.0.0.1:${port}`)
