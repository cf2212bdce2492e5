import { relative } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { ROOT } from './workspace.ts'

/** A program as an edge runtime loads it; sizes in bytes, minified and gzipped. */
export interface BundleSize {
  /** What a start loads: the entry, and the chunks that it imports statically. */
  readonly start: number
  /** The same, with the chunks that are imported later. */
  readonly whole: number
  /** Modules of the runtime that a start needs. */
  readonly builtins: readonly string[]
}

/**
 * Bundles a program as its deployment to an edge runtime would, in chunks.
 *
 * @example
 * await bundleSize("export * from '@ringback/signing'")
 */
export async function bundleSize(
  program: string,
  options: { readonly without?: readonly string[] } = {},
): Promise<BundleSize> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: program, resolveDir: import.meta.dirname, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    splitting: true,
    platform: 'browser',
    conditions: ['workerd', 'worker', 'browser'],
    target: 'es2023',
    external: ['node:*', ...(options.without ?? [])],
    outdir: ROOT,
    absWorkingDir: ROOT, // so that the paths in the metafile are names
    metafile: true,
    write: false,
    logLevel: 'silent', // what fails is thrown as well
  })

  // by the names that the metafile gives them
  const chunks = new Map(
    outputFiles.map(({ path, contents }) => [relative(ROOT, path), contents] as const),
  )

  const start = new Set(['stdin.js'])
  const builtins: string[] = []
  // a set gives what is added while it is walked
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

/** Of all chunks together, so that it does not depend on how esbuild cuts them. */
function sizeOf(chunks: readonly (Uint8Array | undefined)[]): number {
  if (!chunks.every((chunk) => chunk !== undefined))
    throw new Error('esbuild names its chunks anew')
  return gzipSync(Buffer.concat(chunks), { level: 9 }).length
}
