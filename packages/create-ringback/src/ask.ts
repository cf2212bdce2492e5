import { createInterface } from 'node:readline/promises'
import { TEMPLATES, type Template } from './create-project.ts'
import { CreateError } from './errors.ts'

/** Asks for what the arguments of a command do not give. */
export interface Ask {
  /** @throws {CreateError} where there is no terminal */
  folder(): Promise<string>
  /** Resolves to `node` where there is no terminal. */
  template(): Promise<Template>
}

/** A terminal, or whatever takes its place. */
export interface Terminal {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  readonly output: NodeJS.WritableStream & { readonly isTTY?: boolean }
}

/** Makes the questions; they are asked on a terminal only. */
export function createAsk({ input, output }: Terminal): Ask {
  const isTerminal = input.isTTY === true && output.isTTY === true
  const ask = async (text: string) => {
    const lines = createInterface({ input, output })
    try {
      return (await lines.question(text)).trim()
    } finally {
      lines.close()
    }
  }
  return {
    async folder() {
      if (!isTerminal) {
        throw new CreateError(
          'Nothing says where to create the project: give a folder, such as npm create ringback my-api.',
        )
      }
      return (await ask('Folder of the project (my-api): ')) || 'my-api'
    },
    async template() {
      if (!isTerminal) return 'node'
      const names = Object.keys(TEMPLATES) as Template[]
      const lines = names.map((name, index) => `  ${index + 1}  ${TEMPLATES[name]}\n`)
      for (;;) {
        const given = (await ask(`${lines.join('')}Where does it run (1): `)) || '1'
        const chosen = names[Number(given) - 1] ?? names.find((name) => name === given)
        if (chosen !== undefined) return chosen
      }
    },
  }
}
