import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A runtime that runs a program from the command line. */
export interface Runtime {
  /** Its name with its version, such as `Node 24`. */
  readonly name: string
  /** The name of its program of the tutorial. */
  readonly program: 'node' | 'bun' | 'deno'
  readonly executable: string
  /** The arguments that run a program, which may write to one folder. */
  args(program: string, folder: string): readonly string[]
}

const require = createRequire(import.meta.url)
const packageOf = (name: string) => require.resolve(`${name}/package.json`)
const binaryOf = (name: string, path: string) => join(packageOf(name), '..', path)

/** The version of a package, without its last number or its last two. */
function versionOf(name: string, numbers = 1): string {
  const { version }: { version: string } = require(packageOf(name))
  return version.split('.').slice(0, numbers).join('.')
}

function createNode(name: string, numbers?: number): Runtime {
  return {
    name: `Node ${versionOf(name, numbers)}`,
    program: 'node',
    executable: binaryOf(name, 'bin/node'),
    args: (program) => [
      // the oldest runs no TypeScript without it
      '--experimental-strip-types',
      '--disable-warning=ExperimentalWarning',
      program,
    ],
  }
}

/** The supported runtimes besides workerd and edge-runtime; each runs our sources unchanged, with no network but loopback. */
export const RUNTIMES: readonly Runtime[] = [
  createNode('node-oldest', 2),
  createNode('node'),
  createNode('node-newest'),
  {
    name: `Deno ${versionOf('deno')}`,
    program: 'deno',
    executable: binaryOf('deno', process.platform === 'win32' ? 'deno.exe' : 'deno'),
    args: (program, folder) => [
      'run',
      ...['--no-remote', '--cached-only', '--no-lock', '--no-prompt'],
      ...['--allow-net=127.0.0.1', '--allow-env', '--allow-read', `--allow-write=${folder}`],
      program,
    ],
  },
  {
    name: `Bun ${versionOf('bun')}`,
    program: 'bun',
    executable: binaryOf('bun', 'bin/bun.exe'), // its name on every system
    args: (program) => ['run', '--no-install', program],
  },
]

/** The path of a program for the runtimes. */
export function programOf(name: string): string {
  return fileURLToPath(new URL(`../test/runtimes/${name}.ts`, import.meta.url))
}
