import { readFile, stat } from 'node:fs/promises'
import { isIP } from 'node:net'
import { join } from 'node:path'
import type { ResolvedAddress } from './resolve.ts'

/** The names and addresses of a hosts file. */
export interface HostsFile {
  /** The addresses of a name in lower case; `undefined` for a name that is not in the file. */
  find(name: string): Promise<readonly ResolvedAddress[] | undefined>
}

interface Contents {
  /** Changes with the file. */
  readonly version: string
  readonly hosts: ReadonlyMap<string, readonly ResolvedAddress[]>
}

export const HOSTS_FILE =
  process.platform === 'win32'
    ? join(process.env.SystemRoot ?? 'C:\\Windows', 'System32\\drivers\\etc\\hosts')
    : '/etc/hosts'

const EMPTY: Contents = { version: '', hosts: new Map() }
const CHECK_EVERY = 1000

/** Makes a reader of a hosts file, which is looked at once a second and read when it has changed. */
export function createHostsFile(path: string): HostsFile {
  let contents = Promise.resolve(EMPTY)
  let checkedAt = Number.NEGATIVE_INFINITY
  return {
    async find(name) {
      const now = performance.now()
      if (now - checkedAt >= CHECK_EVERY) {
        checkedAt = now
        contents = contents.then((last) => read(path, last))
      }
      return (await contents).hosts.get(name)
    },
  }
}

async function read(path: string, last: Contents): Promise<Contents> {
  try {
    const { ino, mtimeMs, size } = await stat(path)
    const version = `${ino} ${mtimeMs} ${size}`
    if (version === last.version) return last
    return { version, hosts: parse(await readFile(path, 'utf8')) }
  } catch {
    // many containers have none
    return EMPTY
  }
}

function parse(text: string): Map<string, ResolvedAddress[]> {
  const hosts = new Map<string, ResolvedAddress[]>()
  for (const line of text.split('\n')) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
    const family = isIP(address)
    // an address with a zone is of one link of this machine
    if ((family !== 4 && family !== 6) || address.includes('%')) continue
    for (const name of names.map((each) => each.toLowerCase())) {
      const known = hosts.get(name)
      if (known) known.push({ address, family })
      else hosts.set(name, [{ address, family }])
    }
  }
  return hosts
}
