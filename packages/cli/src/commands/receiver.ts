import { existsSync, readdirSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { Command } from 'commander'
import { listOutgoing } from '../documents/outgoing.ts'
import { type JsonObject, readDocument } from '../documents/read-document.ts'
import { CliError } from '../errors.ts'
import { kebab } from '../scaffold/names.ts'
import { outgoingTypes } from '../scaffold/outgoing-types.ts'
import { receiverFiles } from '../scaffold/receiver-files.ts'
import { print, remark } from '../terminal/write.ts'
import { readVersion } from '../version.ts'
import { type AppOptions, addAppOptions, loadEnvFile } from './app-options.ts'

interface ReceiverOptions extends AppOptions {
  readonly out: string
}

interface TypesOptions extends AppOptions {
  readonly out?: string
}

/** Adds `receiver` and `types`, which write code for the receiving side of a document. */
export function addReceiverCommands(program: Command): void {
  const receiver = program
    .command('receiver')
    .summary('write a project that receives the callbacks of a document')
    .description(
      'Writes a Hono project that receives the callbacks and webhooks of a document: schemas of valibot, verification, duplicates, tests, a README.',
    )
    .argument('<document>', 'a file of JSON or YAML, a URL, or a module with an app')
    .requiredOption('--out <folder>', 'a new folder, or an empty one')
  addAppOptions(receiver)
    .addHelpText(
      'after',
      `
Examples:
  $ ringback receiver openapi.json --out receiver
  $ ringback receiver http://localhost:8000/openapi.json --out receiver`,
    )
    .action(writeReceiver)

  const types = program
    .command('types')
    .summary('write the types of callbacks and webhooks alone')
    .description(
      'Writes the types of the payloads and responses of callbacks and webhooks, for receivers in another framework.',
    )
    .argument('<document>', 'a file of JSON or YAML, a URL, or a module with an app')
    .option('--out <file>', 'write to a file')
  addAppOptions(types)
    .addHelpText('after', '\nExample:\n  $ ringback types openapi.json --out src/callbacks.d.ts')
    .action(writeTypes)
}

async function writeReceiver(source: string, options: ReceiverOptions): Promise<void> {
  const { out } = options
  if (existsSync(out) && readdirSync(out).length > 0) {
    throw new CliError(`'${out}' is not empty, and nothing in it was changed: give a new folder.`)
  }
  const document = await readSending(source, options)
  const name = kebab(basename(resolve(out)))
  const files = receiverFiles(document, { name, source, version: readVersion() })
  for (const [path, content] of Object.entries(files)) {
    const file = join(out, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
  }
  remark(
    `Wrote ${Object.keys(files).length} files to ${out}. Next: cd ${out} && npm install && npm test`,
  )
}

async function writeTypes(source: string, options: TypesOptions): Promise<void> {
  const text = outgoingTypes(await readSending(source, options), source)
  if (options.out === undefined) {
    print(text)
    return
  }
  await mkdir(dirname(options.out), { recursive: true })
  await writeFile(options.out, text)
  remark(`Wrote ${options.out}.`)
}

/** Reads a document that has something to receive. */
async function readSending(source: string, options: AppOptions): Promise<JsonObject> {
  loadEnvFile(options)
  const { export: exportName, path } = options
  const { document } = await readDocument(source, { exportName, path })
  if (listOutgoing(document).length > 0) return document
  throw new CliError(`'${source}' has no callbacks and no webhooks: there is nothing to receive.`)
}
