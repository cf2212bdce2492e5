import { defineConfig, type Rolldown, type UserConfig } from 'tsdown'

/** How each package is built: ESM for every runtime, one file a module, declarations from the sources alone. */
export function library(entries: readonly string[], options: UserConfig = {}): UserConfig {
  return defineConfig({
    entry: Object.fromEntries(entries.map((entry) => [entry, `src/${entry}.ts`])),
    format: 'esm',
    platform: 'neutral',
    target: 'es2023',
    dts: { oxc: true },
    unbundle: true,
    // the manifest says what they are on each runtime
    deps: { neverBundle: [/^#/] },
    plugins: [leaveOutUnused],
    sourcemap: true,
    logLevel: 'warn',
    ...options,
  }) as UserConfig
}

/** Leaves out the helpers of the bundler where no module imports them. */
const leaveOutUnused: Rolldown.Plugin = {
  name: 'leave-out-unused',
  generateBundle(_, bundle) {
    const chunks = Object.values(bundle).filter((one) => one.type === 'chunk')
    for (const { fileName } of chunks.filter((one) => one.fileName.startsWith('_virtual/'))) {
      if (!chunks.some(({ code }) => code.includes(fileName))) delete bundle[fileName]
    }
  },
}
