import { createRequire } from 'node:module'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** A runtime that runs a program from the command line. */
export interface Runtime {
  readonly name: 'node' | 'bun' | 'deno'
  readonly executable: string
  /** The arguments that run a program, which may write to one folder. */
  args(program: string, folder: string): readonly string[]
}

const require = createRequire(import.meta.url)
const binaryOf = (name: string, path: string) =>
  join(require.resolve(`${name}/package.json`), '..', path)

/** The supported runtimes besides workerd; each runs our sources unchanged, with no network but loopback. */
export const RUNTIMES: readonly Runtime[] = [
  { name: 'node', executable: process.execPath, args: (program) => [program] },
  {
    name: 'bun',
    executable: binaryOf('bun', 'bin/bun.exe'), // its name on every system
    args: (program) => ['run', '--no-install', program],
  },
  {
    name: 'deno',
    executable: binaryOf('deno', process.platform === 'win32' ? 'deno.exe' : 'deno'),
    args: (program, folder) => [
      'run',
      ...['--no-remote', '--cached-only', '--no-lock', '--no-prompt'],
      ...['--allow-net=127.0.0.1', '--allow-env', '--allow-read', `--allow-write=${folder}`],
      program,
    ],
  },
]

/** The path of a program for the runtimes. */
export function programOf(name: string): string {
  return fileURLToPath(new URL(`../test/runtimes/${name}.ts`, import.meta.url))
}
