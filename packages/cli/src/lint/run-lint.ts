import pc from 'picocolors'
import { loadEnvFile } from '../commands/app-options.ts'
import type { LintCommandOptions } from '../commands/lint.ts'
import { readDocument } from '../documents/read-document.ts'
import { CliError, EXIT } from '../errors.ts'
import { print, printJson, remark } from '../terminal/write.ts'
import { readVersion } from '../version.ts'
import { lint } from './lint.ts'
import { createLocator } from './locate.ts'
import { type LocatedFinding, toSarif } from './to-sarif.ts'

/** Checks the documents of some sources, and prints what is found. */
export async function lintSources(
  sources: readonly string[],
  options: LintCommandOptions,
): Promise<void> {
  loadEnvFile(options)
  const found: LocatedFinding[] = []
  for (const source of sources) found.push(...(await lintSource(source, options)))

  if (options.format === 'json') printJson({ findings: found })
  else if (options.format === 'sarif') printJson(toSarif(found, readVersion()))
  else if (found.length > 0) print(found.map(describe).join('\n\n'))
  const errors = found.filter(({ severity }) => severity === 'error').length
  const documents = sources.length === 1 ? 'one document' : `${sources.length} documents`
  remark(
    `${count(errors, 'error')} and ${count(found.length - errors, 'warning')} in ${documents}.`,
  )
  if (errors > 0 || (options.strict && found.length > 0)) process.exitCode = EXIT.failed
}

async function lintSource(file: string, options: LintCommandOptions): Promise<LocatedFinding[]> {
  const { off = [], export: exportName, path } = options
  const { document, text } = await readDocument(file, { exportName, path })
  const locate = text === undefined ? () => undefined : createLocator(text)
  try {
    return lint(document)
      .filter(({ rule }) => !off.includes(rule))
      .map((finding) => {
        const location = locate(finding.pointer)
        return { file, ...finding, ...(location && { location }) }
      })
  } catch (cause) {
    throw new CliError(
      `'${file}' cannot be checked: this is a fault of ringback lint; please report the document.`,
      { cause },
    )
  }
}

function describe({ file, rule, severity, pointer, message, remedy, location }: LocatedFinding) {
  const place = location ? `${file}:${location.line}:${location.column}` : file
  const level = severity === 'error' ? pc.red(severity) : pc.yellow(severity)
  return `${pc.bold(place)} ${level} ${rule}\n  ${pc.dim(pointer || '/')}\n  ${message}\n  ${remedy}`
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
