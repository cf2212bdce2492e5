import { existsSync, readdirSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { type AppOptions, loadEnvFile } from '../commands/app-options.ts'
import type { ReceiverOptions, TypesOptions } from '../commands/receiver.ts'
import { listOutgoing } from '../documents/outgoing.ts'
import { type JsonObject, readDocument } from '../documents/read-document.ts'
import { CliError } from '../errors.ts'
import { print, remark } from '../terminal/write.ts'
import { readVersion } from '../version.ts'
import { kebab } from './names.ts'
import { outgoingTypes } from './outgoing-types.ts'
import { receiverFiles } from './receiver-files.ts'

/** Writes the project of a receiver. */
export async function writeReceiver(source: string, options: ReceiverOptions): Promise<void> {
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

/** Writes the types of callbacks and webhooks. */
export async function writeTypes(source: string, options: TypesOptions): Promise<void> {
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
