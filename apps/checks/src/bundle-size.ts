import { relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { type BuildOptions, build, type StdinOptions } from 'esbuild'
import { ROOT } from './workspace.ts'

/** The sizes of a program on an edge runtime, in bytes, minified and gzipped. */
export interface BundleSize {
  /** The entry and the chunks that it imports statically, which a start loads. */
  readonly start: number
  /** The same with the chunks that are imported later. */
  readonly whole: number
  /** The modules of the runtime that a start imports. */
  readonly builtins: readonly string[]
}

const EDGE = {
  bundle: true,
  minify: true,
  format: 'esm',
  platform: 'browser',
  conditions: ['worker', 'browser'],
  target: 'es2023',
  external: ['node:*'],
  outdir: ROOT,
  absWorkingDir: ROOT, // so that the metafile has relative paths
  logLevel: 'silent', // errors are thrown as well
} satisfies BuildOptions

/**
 * Measures a program, bundled in chunks as for an edge runtime.
 *
 * @example
 * await bundleSize("export * from '@ringback/signing'")
 */
export async function bundleSize(program: string): Promise<BundleSize> {
  const { outputFiles, metafile } = await build({
    ...EDGE,
    stdin: stdinOf(program),
    splitting: true,
    metafile: true,
    write: false,
  })

  // by their paths in the metafile
  const chunks = new Map(
    outputFiles.map(({ path, contents }) => [relative(ROOT, path), contents] as const),
  )

  const start = new Set(['stdin.js'])
  const builtins: string[] = []
  // iterating over a set reaches the paths that are added meanwhile
  for (const path of start) {
    for (const { path: imported, kind, external } of metafile.outputs[path]?.imports ?? []) {
      if (kind !== 'import-statement') continue
      if (external) builtins.push(imported)
      else start.add(imported)
    }
  }
  return {
    start: sizeOf([...start].map((path) => chunks.get(path))),
    whole: sizeOf([...chunks.values()]),
    builtins,
  }
}

/**
 * Measures a program, bundled in one file, as wrangler does: nothing is loaded late there. In bytes, minified and
 * gzipped.
 */
export async function oneFileSize(program: string): Promise<number> {
  const { outputFiles } = await build({
    ...EDGE,
    conditions: ['workerd', ...EDGE.conditions],
    stdin: stdinOf(program),
    write: false,
  })
  return sizeOf(outputFiles.map(({ contents }) => contents))
}

function stdinOf(contents: string): StdinOptions {
  return { contents, resolveDir: import.meta.dirname, loader: 'ts' }
}

/** The size of all chunks together, which does not depend on how esbuild splits them. */
function sizeOf(chunks: readonly (Uint8Array | undefined)[]): number {
  if (!chunks.every((chunk) => chunk !== undefined))
    throw new Error('the metafile of esbuild names a chunk that is not in its output')
  return gzipSync(Buffer.concat(chunks), { level: 9 }).length
}
