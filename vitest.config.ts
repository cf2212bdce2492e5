import { defineConfig } from 'vitest/config'
import type { Reporter } from 'vitest/node'

/** Ends with one line that says how many tests passed and failed, for whoever reads only the end. */
const closingLine: Reporter = {
  onTestRunEnd(modules, errors) {
    const states = modules.flatMap((module) =>
      [...module.children.allTests()].map((test) => test.result().state),
    )
    const broken = modules.filter((module) => module.errors().length > 0).length + errors.length
    const passed = states.filter((state) => state === 'passed').length
    const failed = states.filter((state) => state === 'failed').length + broken
    process.on('exit', () => console.log(`${passed} passed, ${failed} failed`))
  },
}

export default defineConfig({
  test: {
    include: ['packages/*/{src,test}/**/*.test.ts', 'apps/*/src/**/*.test.ts'],
    reporters: ['default', closingLine],
    // the properties take 4 to 6 seconds on two busy cores
    testTimeout: 20_000,
  },
})
