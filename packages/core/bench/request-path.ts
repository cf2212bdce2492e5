// CPU of one request, in the process and without a socket, against Hono written by hand: node bench/request-path.ts
// The peers take part once they are installed: npm install --ignore-scripts --no-package-lock --prefix bench/peers
import { askProcess, startProcess } from './process.ts'
import { isRefusal } from './request-path/measure.ts'
import {
  type Answered,
  CALLBACK,
  CHUNKED,
  GET,
  invalid,
  POST,
  REFUSED,
  type Sample,
} from './request-path/requests.ts'
import { isInstalled, ratioOf, spread } from './rounds.ts'

const ROUNDS = 25
const WARM_UP = 15
const REQUESTS = 3_000

const BY_HAND = 'written by hand, v.safeParse'

const OURS = ['ours, answers unchecked', 'ours, answers checked'] as const

const contenders = new Map<string, string>([
  [BY_HAND, 'request-path/by-hand.ts'],
  [OURS[0], 'request-path/ours-unchecked.ts'],
  [OURS[1], 'request-path/ours.ts'],
])
if (isInstalled('hono-openapi')) {
  contenders.set('@hono/valibot-validator, twice', 'peers/request-path/valibot-validator.mjs')
  contenders.set('hono-openapi', 'peers/request-path/hono-openapi.mjs')
  contenders.set('@hono/zod-openapi', 'peers/request-path/zod-openapi.mjs')
} else {
  console.log('without peers, which are not installed: the second line of this file has how\n')
}

// one process each, so that none of them runs code that was compiled for another
const processes = new Map([...contenders].map(([name, file]) => [name, startProcess(file)]))
const ask = async <TResponse>(name: string, question: object): Promise<TResponse> => {
  const child = processes.get(name)
  if (!child) throw new Error(`${name} does not run`)
  return askProcess(child, question)
}

for (const sample of [POST, GET, CHUNKED, CALLBACK, REFUSED]) {
  // the peers have no callbacks
  const names = sample === CALLBACK ? [BY_HAND, ...OURS] : [...contenders.keys()]
  await holdToSameAnswers(sample, names)
  const rounds: Map<string, number>[] = []
  for (let round = -WARM_UP; round < ROUNDS; round += 1) {
    const times = new Map<string, number>()
    // by turns, so that none is always the one after the slowest
    const start = (round + WARM_UP) % names.length
    for (const name of [...names.slice(start), ...names.slice(0, start)]) {
      times.set(name, await ask(name, { sample, count: REQUESTS }))
    }
    if (round >= 0) rounds.push(times)
  }

  console.log(`${sample.method} ${sample.what}, CPU of a request`)
  for (const name of names) {
    const micros = spread(rounds.map((times) => times.get(name) ?? 0))
    const ratio = ratioOf(rounds, name, BY_HAND)
    const half = `${ratio.low.toFixed(2)}–${ratio.high.toFixed(2)}`
    console.log(
      `  ${name.padEnd(32)} ${micros.median.toFixed(1).padStart(6)} µs  ${ratio.median.toFixed(2)}  (half of the rounds: ${half})`,
    )
  }
}
for (const child of processes.values()) child.kill()

/** Times mean something only where all do the same: the same bytes for a request, and a refusal of a wrong one. */
async function holdToSameAnswers(sample: Sample, names: readonly string[]): Promise<void> {
  const expected = await ask<Answered>(BY_HAND, { sample })
  for (const name of names) {
    const answered = await ask<Answered>(name, { sample })
    // each has words of its own for a refusal
    const isSame = sample.isRefused
      ? isRefusal(answered.status)
      : JSON.stringify(answered) === JSON.stringify(expected)
    if (!isSame) {
      throw new Error(
        `${name} answered ${JSON.stringify(answered)}, not ${JSON.stringify(expected)}`,
      )
    }
    const refused = await ask<Answered>(name, { sample: invalid(sample) })
    if (!isRefusal(refused.status)) {
      throw new Error(`${name} answered an invalid request with ${refused.status}`)
    }
  }
}
