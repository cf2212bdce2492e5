import { execFileSync, spawnSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { runCli } from '../test/run-cli.ts'
import { createProgram } from './program.ts'

const commands = createProgram().commands

/** What bash offers for a line, whose last word is being written. */
async function completeInBash(...words: string[]): Promise<string[]> {
  const { out } = await runCli(['completion', 'bash'])
  const line = ['ringback', ...words].map((word) => `'${word}'`).join(' ')
  const script = `${out}\nCOMP_WORDS=(${line}); COMP_CWORD=${words.length}; _ringback; echo "\${COMPREPLY[@]}"`
  return execFileSync('bash', ['-c', script], { encoding: 'utf8' }).trim().split(' ')
}

describe('the command line', { timeout: 120_000 }, () => {
  it.each(commands.map((command) => [command.name(), command] as const))(
    '%s has a summary, a description and examples',
    (_name, command) => {
      let text = ''
      command.configureOutput({ writeOut: (one) => (text += one) }).outputHelp()
      expect(text).toMatch(/Examples?:\n {2}\$ .*ringback /)
      expect([command.summary(), command.description()]).not.toContain('')
    },
  )

  it.each(commands.map((command) => command.name()))(
    '%s refuses an option of no name',
    async (name) => {
      const program = createProgram()
      for (const command of [program, ...program.commands]) {
        command.configureOutput({ writeErr: () => {} })
      }
      const { options = [] } = program.commands.find((one) => one.name() === name) ?? {}
      const needed = options
        .filter(({ mandatory }) => mandatory)
        .flatMap(({ long }) => [String(long), long === '--to' ? 'http://a.example' : '1h'])
      const args = [name, ...needed, '--no-such-option']
      const parsing = program.parseAsync(['node', 'ringback', ...args])
      await expect(parsing).rejects.toMatchObject({ code: 'commander.unknownOption' })
    },
  )

  it('lists its commands and exit codes, and exits with 0 for help and version', async () => {
    const help = await runCli(['--help'])
    expect(help.code).toBe(0)
    for (const command of commands) expect(help.out).toContain(`  ${command.name()} `)
    expect(help.out).toContain('Exit codes: 0 all is well, 1 the check failed')
    expect(await runCli(['--version'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    })
  })

  it.each([
    ['an unknown command', ['lnit'], 'Did you mean lint?'],
    ['an unknown option', ['secret', '--jsno'], 'Did you mean --json?'],
    ['an argument too many', ['secret', 'more'], 'too many arguments'],
    ['no argument', ['verify'], "missing required argument 'request'"],
    ['another shell', ['completion', 'fish'], 'give bash or zsh'],
  ])('refuses %s with 2', async (_name, args, sentence) => {
    const { code, out, err } = await runCli(args)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(sentence)
  })

  it('completes commands, options and choices in bash', async () => {
    expect(await completeInBash('de')).toEqual(['deliveries'])
    expect(await completeInBash('trigger', '--d')).toEqual(['--document', '--data'])
    expect(await completeInBash('lint', '--format', '')).toEqual(['text', 'json', 'sarif'])
    expect(await completeInBash('recover', '--reason', 'ex')).toEqual(['exhausted', 'expired'])
    expect(await completeInBash('stats', '--s')).toEqual(['--store', '--schema', '--since'])
    expect(await completeInBash('help', 're')).toEqual(['receiver', 'redrive', 'recover'])
  })

  it('prints a script for zsh, which zsh can read where it is installed', async () => {
    const { code, out } = await runCli(['completion', 'zsh'])
    expect(code).toBe(0)
    expect(out).toContain("'lint:check the callbacks, webhooks and links of an OpenAPI document'")
    const { error, status } = spawnSync('zsh', ['-n'], { input: out })
    if (error === undefined) expect(status).toBe(0)
  })
})
