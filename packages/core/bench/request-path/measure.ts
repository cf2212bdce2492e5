import { setImmediate } from 'node:timers/promises'
import { type Answered, requestOf, type Sample } from './requests.ts'

interface App {
  fetch(request: Request): Response | Promise<Response>
}

/** Makes this the process of a contender: it answers one request, or gives the CPU time of one of many, in microseconds. */
export function answerQuestions(app: App): void {
  process.on('message', async ({ sample, count }: { sample: Sample; count?: number }) => {
    const answered =
      count === undefined ? await response(app, sample) : await measure(app, sample, count)
    process.send?.(answered)
  })
}

async function response(app: App, sample: Sample): Promise<Answered> {
  const response = await app.fetch(requestOf(sample))
  const type = response.headers.get('content-type')
  return { status: response.status, type, body: await response.text() }
}

async function measure(app: App, sample: Sample, count: number): Promise<number> {
  const isExpected = sample.isRefused ? isRefusal : isSuccess
  const start = process.cpuUsage()
  for (let index = 0; index < count; index += 1) {
    // as a server does: only then is what the requests leave behind cleared
    if (index % 50 === 0) await setImmediate()
    const { status } = await app.fetch(requestOf(sample))
    if (!isExpected(status)) throw new Error(`answered ${status}`)
  }
  const { user, system } = process.cpuUsage(start)
  return (user + system) / count
}

function isSuccess(status: number): boolean {
  return status === 200
}

/** Some refuse what breaks a schema with 400, others with 422. */
export function isRefusal(status: number): boolean {
  return status >= 400 && status < 500
}
