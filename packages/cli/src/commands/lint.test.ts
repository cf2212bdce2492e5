import { registerSchema, validate } from '@hyperjump/json-schema/draft-04'
import schema from '@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json' with { type: 'json' }
import { describe, expect, it } from 'vitest'
import { APP, makeProject } from '../../test/make-project.ts'
import { runCli } from '../../test/run-cli.ts'

const YAML = `openapi: 3.0.3
info: { title: Orders, version: '1' }
paths:
  /orders:
    post:
      responses: { '204': { description: ok } }
      callbacks:
        paid:
          '{$request.query.url}':
            post:
              description: no responses
`
const SARIF = 'https://json.schemastore.org/sarif-2.1.0.json'
// its pattern of languages has a bracket too many, which is no regular expression of Unicode
const mended = JSON.parse(JSON.stringify(schema).replaceAll('{2}]?$', '{2}$'))
registerSchema(mended, SARIF)

/** Whether a log is one by the schema of SARIF 2.1.0. */
async function isSarif(log: string): Promise<boolean> {
  return (await validate(SARIF, JSON.parse(log))).valid
}

const cwdOf = () =>
  makeProject({ 'openapi.yaml': YAML, 'app.ts': APP, 'old.json': '{"swagger":"2.0"}' })

describe('ringback lint', { timeout: 120_000 }, () => {
  it('prints the place, the rule and the remedy, and exits with 1 for an error', async () => {
    const { code, out, err } = await runCli(['lint', 'openapi.yaml'], { cwd: cwdOf() })
    expect(code).toBe(1)
    expect(err).toBe('1 error and 1 warning in one document.\n')
    expect(out).toContain(
      "openapi.yaml:9:11 error undeclared\n  /paths/~1orders/post/callbacks/paid/{$request.query.url}\n  '$request.query.url' reads",
    )
    expect(out).toContain('openapi.yaml:10:13 warning missing-responses')
  })

  it('exits with 0 for warnings, unless it is strict, and for an app of ours', async () => {
    const cwd = cwdOf()
    const lint = async (...args: string[]) => (await runCli(['lint', ...args], { cwd })).code
    expect(await lint('openapi.yaml', '--off', 'undeclared')).toBe(0)
    expect(await lint('openapi.yaml', '--strict', '--off', 'undeclared')).toBe(1)
    expect(await lint('app.ts', '--strict')).toBe(0)
  })

  it('prints JSON and SARIF', async () => {
    const cwd = cwdOf()
    const json = await runCli(['lint', 'openapi.yaml', 'app.ts', '--format', 'json'], { cwd })
    const { findings } = JSON.parse(json.out)
    expect(findings).toMatchObject([
      { file: 'openapi.yaml', rule: 'missing-responses', location: { line: 10, column: 13 } },
      { file: 'openapi.yaml', rule: 'undeclared', severity: 'error' },
    ])

    const log = JSON.parse(
      (await runCli(['lint', 'openapi.yaml', '--format', 'sarif'], { cwd })).out,
    )
    expect(await isSarif(JSON.stringify(log))).toBe(true)
    // the schema can refuse
    expect(await isSarif(JSON.stringify({ ...log, runs: [{ results: [] }] }))).toBe(false)
    const { version, runs } = log
    expect(version).toBe('2.1.0')
    const [{ tool, results }] = runs
    expect(
      results.map(({ ruleIndex }: { ruleIndex: number }) => tool.driver.rules[ruleIndex].id),
    ).toEqual(['missing-responses', 'undeclared'])
    expect(results[1].locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'openapi.yaml' },
      region: { startLine: 9, startColumn: 11 },
    })
  })

  it.each([
    ['Swagger 2.0', ['old.json'], 'convert it to OpenAPI 3'],
    ['an unknown rule', ['openapi.yaml', '--off', 'spelling'], 'Allowed choices are'],
    ['no document', ['package.json'], 'is not an OpenAPI document'],
  ])('exits with 2 for %s', async (_name, args, sentence) => {
    const { code, err } = await runCli(['lint', ...args], { cwd: cwdOf() })
    expect(code).toBe(2)
    expect(err).toContain(sentence)
  })

  it('reads the standard input', async () => {
    expect(await runCli(['lint', '-'], { input: YAML })).toMatchObject({ code: 1 })
  })
})
