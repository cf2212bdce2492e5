import type { Command } from 'commander'
import { CliError } from '../errors.ts'
import { print } from '../terminal/write.ts'

/** Adds `completion`, which prints a script for a shell. */
export function addCompletionCommand(program: Command): void {
  program
    .command('completion')
    .summary('print a script that completes commands and options')
    .description(
      'Prints a script for bash or zsh that completes commands, options and their choices.',
    )
    .argument('<shell>', 'bash or zsh')
    .addHelpText(
      'after',
      `
Examples:
  $ source <(ringback completion bash)
  $ ringback completion zsh > "\${fpath[1]}/_ringback"`,
    )
    .action((shell: string) => {
      if (shell === 'bash') print(bashScript(program))
      else if (shell === 'zsh') print(zshScript(program))
      else throw new CliError(`There is no completion for '${shell}': give bash or zsh.`)
    })
}

const namesOf = (program: Command) => program.commands.map((command) => command.name())

const flagsOf = (command: Command) => [
  ...command.options.flatMap(({ long }) => long ?? []),
  '--help',
]

/** The choices of a command's options, such as `--format text json sarif`. */
function choicesOf(
  command: Command,
): { readonly flag: string; readonly choices: readonly string[] }[] {
  return command.options.flatMap(({ long, argChoices }) =>
    long && argChoices ? [{ flag: long, choices: argChoices }] : [],
  )
}

function bashScript(program: Command): string {
  const cases = program.commands.map((command) => {
    const choices = choicesOf(command).map(
      ({ flag, choices: words }) =>
        `        ${flag}) COMPREPLY=($(compgen -W '${words.join(' ')}' -- "$word")); return ;;`,
    )
    const previous =
      choices.length === 0 ? [] : ['      case "$before" in', ...choices, '      esac']
    return [
      `    ${command.name()})`,
      ...previous,
      `      [[ $word == -* ]] && COMPREPLY=($(compgen -W '${flagsOf(command).join(' ')}' -- "$word")) ;;`,
    ].join('\n')
  })
  return `_ringback() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]}
  COMPREPLY=()
  if (( COMP_CWORD == 1 )); then
    COMPREPLY=($(compgen -W '${[...namesOf(program), 'help'].join(' ')}' -- "$word"))
    return
  fi
  case \${COMP_WORDS[1]} in
    help) COMPREPLY=($(compgen -W '${namesOf(program).join(' ')}' -- "$word")) ;;
${cases.join('\n')}
  esac
}
complete -o default -F _ringback ringback
`
}

function zshScript(program: Command): string {
  const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
  const escapeText = (text: string) => text.replace(/[[\]:]/g, '\\$&')
  const summaries = program.commands.map((command) => [command.name(), command.summary()])
  const commands = [...summaries, ['help', 'print the help of a command']].map(([name, summary]) =>
    quote(`${name}:${escapeText(summary ?? '')}`),
  )
  const cases = program.commands.map((command) => {
    const options = command.options.flatMap(
      ({ long, description, argChoices, required, optional }) => {
        if (!long) return []
        const text = `[${escapeText(description)}]`
        if (!required && !optional) return [quote(`*${long}${text}`)]
        const action = argChoices ? `(${argChoices.join(' ')})` : '_files'
        // the value is the next word, or follows an equals sign; it may be left out after two colons
        return [quote(`*${long}=${text}${required ? ':' : '::'}value:${action}`)]
      },
    )
    return `    ${command.name()}) _arguments ${[...options, "'--help[print help]'", "'*:file:_files'"].join(' ')} ;;`
  })
  return `#compdef ringback
_ringback() {
  local -a commands=(${commands.join(' ')})
  if (( CURRENT == 2 )); then
    _describe command commands
    return
  fi
  local name=\${words[2]}
  shift words
  (( CURRENT-- ))
  case $name in
    help) _arguments '1:command:(${namesOf(program).join(' ')})' ;;
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = _ringback ]; then _ringback "$@"; else compdef _ringback ringback; fi
`
}
