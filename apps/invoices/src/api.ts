// The process of the invoices API.
import type { DeliveryEvent } from '@ringback/sender'
import { listen, readPort } from './listen.ts'
import { withConsole } from './operator-console.ts'
import { run } from './run.ts'

await run(async () => {
  const { app, sender } = await import('./invoices.ts')
  sender.on((event) => console.log(describe(event)))

  const server = await listen(withConsole(app, sender), readPort('PORT', 8000), 'PORT')
  await sender.start()
  return {
    url: server.url,
    stop: async () => {
      await server.close()
      await sender.stop()
    },
  }
})

function describe({ delivery, attempt }: DeliveryEvent): string {
  const { callback, state, url, detail, attemptCount, dueAt } = delivery
  const target = url === undefined ? '' : ` to ${url}`
  const why = detail === undefined ? '' : ` (${detail})`
  const line = `callback ${callback}${target}: ${state}${why}`
  if (state !== 'scheduled' || attempt === undefined) return line
  const seconds = Math.max(0, ((dueAt ?? 0) - Date.now()) / 1000)
  return `callback ${callback}${target}: attempt ${attemptCount} failed${why}, next in ${seconds.toFixed(0)} s`
}
