import { readdirSync, readFileSync } from 'node:fs'

/** Gives the milliseconds of CPU that a server has used, with all its processes; Linux only. */
export function cpuOfServer(postmaster: number): number {
  let ticks = 0
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const fields = readStat(name)
    if (fields === undefined) continue
    const isPostmaster = Number(name) === postmaster
    if (!isPostmaster && Number(fields[1]) !== postmaster) continue
    ticks += Number(fields[11]) + Number(fields[12])
    // those that have ended
    if (isPostmaster) ticks += Number(fields[13]) + Number(fields[14])
  }
  return ticks * 10
}

/** Finds the first process of the server by that of one of its connections. */
export function postmasterOf(backend: number): number {
  return Number(readStat(String(backend))?.[1])
}

/** The fields after the name of the program: its state, its parent and so on. */
function readStat(pid: string): readonly string[] | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'latin1')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return undefined // it has ended
  }
}
