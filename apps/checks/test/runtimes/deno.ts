import { runtimeSender } from './runtime-sender.ts'
import { tutorialApi } from './tutorial.ts'

declare const Deno: {
  serve(
    options: { port: number; hostname: string; onListen(address: { port: number }): void },
    fetch: (request: Request) => Response | Promise<Response>,
  ): unknown
}

const sender = await runtimeSender()
await sender.start()
const app = tutorialApi(sender)
Deno.serve(
  {
    port: 0,
    hostname: '127.0.0.1',
    onListen: ({ port }) => console.log(`http://127.0.0.1:${port}`),
  },
  (request) => app.fetch(request),
)
