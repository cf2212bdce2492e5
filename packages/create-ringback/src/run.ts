import { parseArgs } from 'node:util'
import { createAsk, type Terminal } from './ask.ts'
import { createProject, TEMPLATES, type Template } from './create-project.ts'
import { CreateError } from './errors.ts'

const HELP = `Usage: npm create ringback [folder] -- [options]

Creates a project: an API with one callback, a receiver, and tests.

Options:
  --template <name>  ${Object.entries(TEMPLATES)
    .map(([name, text]) => `${name}: ${text}`)
    .join('; ')}
  -h, --help         print help

Examples:
  $ npm create ringback my-api
  $ npm create ringback my-api -- --template workers

On a terminal it asks for what is not given; elsewhere the folder must be given, and the template is node.`

/** Runs the command with its arguments; resolves to the exit code: 0, or 2 when no project was created. */
export async function run(
  args: readonly string[],
  terminal: Terminal = { input: process.stdin, output: process.stdout },
): Promise<number> {
  const ask = createAsk(terminal)
  try {
    const { folder, template, help } = readArguments(args)
    if (help) {
      console.log(HELP)
      return 0
    }
    const wanted = {
      folder: folder ?? (await ask.folder()),
      template: template ?? (await ask.template()),
    }
    const created = await createProject(wanted)
    console.log(nextSteps(wanted.folder, created.name))
    return 0
  } catch (error) {
    if (!(error instanceof CreateError)) throw error
    console.error(`error: ${error.message}`)
    return 2
  }
}

function readArguments(args: readonly string[]) {
  const { values, positionals } = parse(args)
  const [folder, ...others] = positionals
  if (others.length > 0) {
    throw new CreateError(`There is more than one folder, such as '${others[0]}': give one.`)
  }
  return { folder, template: readTemplate(values.template), help: values.help }
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { template: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    })
  } catch (cause) {
    // node:util says what is wrong with the arguments
    const [sentence = ''] = String(cause instanceof Error ? cause.message : cause).split('. ')
    throw new CreateError(`${sentence.replace(/\.?$/, '')}: --help lists the options.`, { cause })
  }
}

function readTemplate(name: string | undefined): Template | undefined {
  if (name === undefined || isTemplate(name)) return name
  const names = Object.keys(TEMPLATES).join(' or ')
  throw new CreateError(`There is no template '${name}': give --template ${names}.`)
}

function isTemplate(name: string): name is Template {
  return Object.hasOwn(TEMPLATES, name)
}

function nextSteps(folder: string, name: string): string {
  return `Created ${name}. Next:

  cd ${folder}
  npm install
  npm test
  npm start          # the API; its address is printed
  npm run receiver   # in another terminal: the external API that gets the callbacks

README.md has the rest.`
}
