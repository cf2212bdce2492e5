import { existsSync, readdirSync } from 'node:fs'
import { setTimeout as wait } from 'node:timers/promises'
import { heapMegabytes } from '../heap-megabytes.ts'
import { startSoakedApi } from './soaked-api.ts'

/** What the process uses at one time: megabytes, and descriptors, 0 on a system that does not show them. */
export interface Use {
  readonly seconds: number
  readonly heap: number
  readonly rss: number
  readonly descriptors: number
  readonly delivered: number
  readonly dead: number
}

/** The use after a fifth of the time, and at the end, when all that was asked for should have ended. */
export interface SoakReport {
  readonly asked: number
  readonly first: Use
  readonly last: Use
}

/** How long, how fast, and what to call now and then. */
export interface SoakOptions {
  readonly seconds: number
  /** Deliveries a second. */
  readonly rate?: number
  /** Whether webhooks are published, in place of callbacks. */
  readonly isPublishing?: boolean
  readonly onUse?: (use: Use) => void
}

const FOLDER = '/proc/self/fd'
const TICK = 20
// for a machine that was busy meanwhile
const PATIENCE = 60
const MEGABYTE = 1024 ** 2

/** Sends at a steady rate to receivers of which some fail, and measures what that uses. */
export async function runSoak({
  seconds,
  rate = 100,
  isPublishing = false,
  onUse = () => {},
}: SoakOptions): Promise<SoakReport> {
  const api = await startSoakedApi(isPublishing)
  const start = performance.now()
  const passed = () => (performance.now() - start) / 1000
  const look = (): Use => {
    const use = { seconds: Math.round(passed()), ...resources(), ...api.ended() }
    onUse(use)
    return use
  }
  let asked = 0
  let first: Use | undefined
  let looks = 0
  try {
    while (passed() < seconds) {
      const due = Math.floor(Math.min(passed(), seconds) * rate)
      const asks: Promise<void>[] = []
      for (; asked < due; asked += api.each) asks.push(api.ask(asked / api.each))
      await Promise.all(asks)
      // ten times in all
      if (passed() > (looks * seconds) / 10) {
        await api.operate()
        const use = look()
        if (looks === 2) first = use
        looks += 1
      }
      await wait(TICK)
    }
    // what is redriven ends more than once
    const isLeft = () => api.ended().delivered + api.ended().dead < asked
    while (isLeft() && passed() < seconds + PATIENCE) await wait(TICK)
    const last = look()
    return { asked, first: first ?? last, last }
  } finally {
    await api.close()
  }
}

function resources(): Pick<Use, 'heap' | 'rss' | 'descriptors'> {
  return {
    heap: heapMegabytes(),
    rss: Math.round(process.memoryUsage().rss / MEGABYTE),
    descriptors: existsSync(FOLDER) ? readdirSync(FOLDER).length : 0,
  }
}
