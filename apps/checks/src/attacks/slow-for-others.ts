import { setTimeout as wait } from 'node:timers/promises'
import { type AttackedApi, startAttackedApi } from './attacked-api.ts'

/** How long the callbacks of an owner waited while another attacked. Milliseconds. */
export interface WaitReport {
  readonly callbacks: number
  readonly median: number
  readonly longest: number
}

/** What the attacker does in the second of this number, 0 the first. */
type Attack = (api: AttackedApi, second: number) => void

const ignore = (asked: Promise<Response>) => void asked.catch(() => {})

/** The attacks of one owner, by name. */
export const ATTACKS = {
  /** Six callbacks a second to names whose servers never respond. */
  'silent names': ({ ask }, second) => {
    for (let n = 0; n < 6; n += 1) {
      ignore(ask('mallory', `http://h${second * 6 + n}.silent.example:9000/`))
    }
  },
  /** Two hundred at once to such names. */
  'silent names at once': ({ ask }, second) => {
    if (second > 0) return
    for (let n = 0; n < 200; n += 1) ignore(ask('mallory', `http://h${n}.silent.example:9000/`))
  },
  /** Two hundred at once to receivers that hang. */
  'receivers that hang': ({ ask, port }, second) => {
    if (second > 0) return
    for (let n = 0; n < 200; n += 1) ignore(ask('mallory', `http://h${n}.example:${port}/hang`))
  },
  /** Two hundred calls at once to receivers that hang. */
  'calls that hang': ({ ask, port }, second) => {
    if (second > 0) return
    for (let n = 0; n < 200; n += 1) {
      ignore(ask('mallory', `http://h${n}.example:${port}/hang`, 'call'))
    }
  },
} as const satisfies Record<string, Attack>

/** Attacks for some seconds, while another owner asks for ten callbacks a second to a good receiver. */
export async function measureWaits(
  attack: keyof typeof ATTACKS,
  seconds: number,
): Promise<WaitReport> {
  const api = await startAttackedApi()
  try {
    for (let second = 0; second < seconds; second += 1) {
      ATTACKS[attack](api, second)
      for (let n = 0; n < 10; n += 1) {
        await wait(100)
        ignore(api.ask('ann', `http://ann.example:${api.port}/`))
      }
    }
    const asked = seconds * 10
    const end = performance.now() + 30_000
    while (api.waits.length < asked && performance.now() < end) await wait(50)
    const waits = [...api.waits].sort((a, b) => a - b).map(Math.round)
    const missing = Array.from({ length: asked - waits.length }, () => Number.POSITIVE_INFINITY)
    const all = [...waits, ...missing]
    return {
      callbacks: asked,
      median: all[Math.floor(asked / 2)] ?? 0,
      longest: all.at(-1) ?? 0,
    }
  } finally {
    await api.close()
  }
}
