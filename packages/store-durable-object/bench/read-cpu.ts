import { readdirSync, readFileSync } from 'node:fs'

/** The milliseconds that workerd, a child of this process, has had of a processor; Linux says it. */
export function readCpu(): number {
  const children = readFileSync(`/proc/self/task/${process.pid}/children`, 'utf8').trim().split(' ')
  return Math.max(0, ...children.map(cpuOf))
}

function cpuOf(pid: string): number {
  try {
    if (!readFileSync(`/proc/${pid}/comm`, 'utf8').startsWith('workerd')) return 0
    const times = readdirSync(`/proc/${pid}/task`).map((task) => {
      const [nanoseconds] = readFileSync(`/proc/${pid}/task/${task}/schedstat`, 'utf8').split(' ')
      return Number(nanoseconds) / 1e6
    })
    return times.reduce((sum, time) => sum + time, 0)
  } catch {
    // it has just ended
    return 0
  }
}
