import { defineConfig, type UserConfig } from 'tsdown'

/** How each package is built: ESM for every runtime, one file a module, declarations from the sources alone. */
export function library(entries: readonly string[], options: UserConfig = {}): UserConfig {
  return defineConfig({
    entry: Object.fromEntries(entries.map((entry) => [entry, `src/${entry}.ts`])),
    format: 'esm',
    platform: 'neutral',
    target: 'es2023',
    dts: { oxc: true },
    unbundle: true,
    sourcemap: true,
    logLevel: 'warn',
    ...options,
  }) as UserConfig
}
