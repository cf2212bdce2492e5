// the process of one contender: answers one request, or gives the CPU time of one of many, in microseconds
import { type Answered, requestOf, type Sample } from './requests.ts'

interface App {
  fetch(request: Request): Response | Promise<Response>
}

const [, , file = ''] = process.argv
const { app } = (await import(new URL(`../${file}`, import.meta.url).href)) as { app: App }

process.on('message', async ({ sample, count }: { sample: Sample; count?: number }) => {
  process.send?.(count === undefined ? await answer(sample) : await measure(sample, count))
})

async function answer(sample: Sample): Promise<Answered> {
  const response = await app.fetch(requestOf(sample))
  const type = response.headers.get('content-type')
  return { status: response.status, type, body: await response.text() }
}

async function measure(sample: Sample, count: number): Promise<number> {
  const start = process.cpuUsage()
  for (let index = 0; index < count; index += 1) {
    const { status } = await app.fetch(requestOf(sample))
    if (status !== 200) throw new Error(`answered ${status}`)
  }
  const { user, system } = process.cpuUsage(start)
  return (user + system) / count
}
