// Signatures a second over 200 bytes, one at a time: node bench/sign.ts
import { sign } from '../src/index.ts'

const ROUNDS = 7
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw'
const KEY = Uint8Array.from(atob(SECRET.slice(6)), (character) => character.charCodeAt(0))

const id = 'msg_p5jXN8AQM9LWM0D4loKWxJek'
const timestamp = 1614265330
const body = new Uint8Array(200).fill(120)
const text = 'x'.repeat(200)
const content = new TextEncoder().encode(`${id}.${timestamp}.${text}`)

const node = process.getBuiltinModule('node:crypto')
const keyObject = node.createSecretKey(KEY)
const hmac = { name: 'HMAC', hash: 'SHA-256' }
const cryptoKey = await crypto.subtle.importKey('raw', KEY, hmac, false, ['sign'])

interface Contender {
  readonly name: string
  readonly iterations: number
  readonly run: () => unknown
}

const contenders: readonly Contender[] = [
  {
    name: 'createHmac with a KeyObject',
    iterations: 100_000,
    run: () => node.createHmac('sha256', keyObject).update(content).digest('base64'),
  },
  {
    name: 'sign, bytes',
    iterations: 100_000,
    run: () => sign({ id, timestamp, body, secrets: [SECRET] }),
  },
  {
    name: 'sign, text',
    iterations: 100_000,
    run: () => sign({ id, timestamp, body: text, secrets: [SECRET] }),
  },
  {
    name: 'crypto.subtle.sign',
    iterations: 2_000,
    run: () => crypto.subtle.sign(hmac, cryptoKey, content),
  },
]

const rates = new Map<string, number[]>()
for (let round = 0; round <= ROUNDS; round += 1) {
  for (const { name, iterations, run } of contenders) {
    const start = performance.now()
    for (let index = 0; index < iterations; index += 1) await run()
    const rate = (iterations / (performance.now() - start)) * 1000
    // round 0 warms up
    if (round > 0) rates.set(name, [...(rates.get(name) ?? []), rate])
  }
}

const medians = contenders.map(({ name }) => ({ name, rate: median(rates.get(name) ?? []) }))
const limit = medians[0]?.rate ?? 0
for (const { name, rate } of medians) {
  const perSecond = Math.round(rate).toLocaleString('en').padStart(9)
  console.log(`${name.padEnd(30)} ${perSecond}/s  ${(rate / limit).toFixed(2)}`)
}

function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0
}
