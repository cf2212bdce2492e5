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

// of zshcompsys(1): *--flag=[explanation]:message:action, with a backslash before what would end a part
const PART = String.raw`((?:[^\\\]:]|\\.)*)`
const OPTION = new RegExp(String.raw`^\*?(--[a-z-]+)(=?)\[${PART}\](?:(::?)([a-z]+):(.+))?$`)
const OPERAND = /^(\*|\d+):([a-z]+):(.+)$/

/** What the script gives to the functions of zsh for a line: each option or operand with its choices. */
function describeForZsh(out: string, ...words: string[]): string[][] {
  const line = ['', 'ringback', ...words].map((word) => `'${word}'`).join(' ')
  // bash reads it as zsh does, but for arrays, which begin with 0
  const script = `
    funcstack=
    compdef() { :; }
    shift() { :; }
    _arguments() { printf '%s\\0' "$@"; }
    _describe() { local -n listed=$2; printf 'describe %s\\0' "\${listed[@]}"; }
    ${out}
    words=(${line}); CURRENT=${Math.max(2, words.length + 1)}; _ringback`
  const printed = execFileSync('bash', ['-eu', '-c', script], { encoding: 'utf8' })
  return printed.split('\0').slice(0, -1).map(readSpec)
}

/** Reads what `_arguments` or `_describe` is given; a wrong notation throws. */
function readSpec(spec: string): string[] {
  const described = /^describe ([a-z]+:(?:[^\\:]|\\.)+)$/.exec(spec)
  if (described?.[1]) return ['describe', described[1]]
  const option = OPTION.exec(spec)
  const operand = OPERAND.exec(spec)
  if (!option && !operand) throw new Error(`no option or operand of zsh: ${spec}`)
  if (option && (option[2] === '=') !== (option[6] !== undefined)) throw new Error(spec)
  const action = option ? option[6] : operand?.[3]
  const choices = /^\((.+)\)$/.exec(action ?? '')?.[1]?.split(' ')
  const name = option ? (option[1] ?? '') : `${operand?.[1]}:${operand?.[2]}:`
  const values = action === undefined || (operand && action === '_files') ? [] : [action]
  return [name, ...(choices ?? values)]
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

  it('describes commands, options and choices for zsh, in the notation of _describe and _arguments', async () => {
    const { out } = await runCli(['completion', 'zsh'])
    expect(describeForZsh(out)).toContainEqual([
      'describe',
      'lint:check the callbacks, webhooks and links of an OpenAPI document',
    ])
    const help = describeForZsh(out, 'help', '')
    expect(help).toEqual([['1:command:', ...commands.map((command) => command.name())]])
    for (const command of commands) {
      const specs = describeForZsh(out, command.name(), '')
      const flags = command.options.flatMap(({ long }) => long ?? [])
      expect(specs.map(([flag]) => flag)).toEqual([...flags, '--help', '*:file:'])
      for (const { long, argChoices, required } of command.options) {
        const [, ...values] = specs.find(([flag]) => flag === long) ?? []
        expect([long, ...values]).toEqual([long, ...(argChoices ?? (required ? ['_files'] : []))])
      }
    }
  })

  it('prints a script for zsh, which zsh can read where it is installed', async () => {
    const { code, out } = await runCli(['completion', 'zsh'])
    expect(code).toBe(0)
    expect(out).toMatch(/^#compdef ringback\n/)
    const { error, status } = spawnSync('zsh', ['-n'], { input: out })
    if (error === undefined) expect(status).toBe(0)
  })
})
