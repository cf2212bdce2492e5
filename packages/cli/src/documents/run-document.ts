import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { stringify } from 'yaml'
import { type AppDocumentOptions, documentOfApp } from '../app/load-app.ts'
import { loadEnvFile } from '../commands/app-options.ts'
import type { DocumentCommandOptions } from '../commands/document.ts'
import { CliError, EXIT } from '../errors.ts'
import { print, remark } from '../terminal/write.ts'
import { jsonDifferences } from './json-differences.ts'
import { parseText } from './parse-text.ts'
import { readSource } from './read-source.ts'

const MOST_SHOWN = 20

/** Writes the document of an app, or checks one that is committed. */
export async function writeDocument(app: string, options: DocumentCommandOptions): Promise<void> {
  const { check, out, export: exportName, openapi, path } = options
  if (check !== undefined && out !== undefined) {
    throw new CliError('--check writes nothing: give it without --out.')
  }
  if (path !== undefined && openapi !== undefined) {
    throw new CliError(
      '--openapi cannot change what the app itself serves: give it without --path.',
    )
  }
  loadEnvFile(options)
  const wanted: AppDocumentOptions = { exportName, openapi, path }
  const document: unknown = JSON.parse(JSON.stringify(await documentOfApp(app, wanted)))
  if (check !== undefined) return checkFile(check, document, app)

  const isYaml = options.yaml ?? /\.ya?ml$/i.test(out ?? '')
  const text = isYaml
    ? stringify(document, { aliasDuplicateObjects: false })
    : `${JSON.stringify(document, null, 2)}\n`
  if (out === undefined) return print(text)
  await mkdir(dirname(out), { recursive: true })
  await writeFile(out, text)
  remark(`Wrote ${out}.`)
}

async function checkFile(file: string, document: unknown, app: string): Promise<void> {
  const differences = jsonDifferences(parseText(await readSource(file), file), document)
  if (differences.length === 0) return remark(`${file} is up to date.`)
  const lines = differences
    .slice(0, MOST_SHOWN)
    .map(({ pointer, kind }) => `  ${kind.padEnd(7)} ${pointer || '(the whole document)'}`)
  const rest = differences.length - lines.length
  if (rest > 0) lines.push(`  and ${rest} more`)
  throw new CliError(
    `${file} is stale: ${differences.length} ${differences.length === 1 ? 'place differs' : 'places differ'} from the document of ${app}:\n${lines.join('\n')}\nWrite it again: ringback document ${app} --out ${file}`,
    { exitCode: EXIT.failed },
  )
}
