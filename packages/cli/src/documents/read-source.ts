import { readFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { CliError, messageOf } from '../errors.ts'

/**
 * Reads the text of a file, of a URL of http or https, or, for `-`, of the standard input.
 *
 * @throws {CliError} when it cannot be read
 */
export async function readSource(source: string): Promise<string> {
  if (source === '-') return text(process.stdin)
  if (/^https?:\/\//i.test(source)) return readUrl(source)
  try {
    return await readFile(source, 'utf8')
  } catch (cause) {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT'
    const why = isMissing
      ? 'there is no such file; give its path from this folder'
      : messageOf(cause)
    throw new CliError(`'${source}' cannot be read: ${why}.`, { cause })
  }
}

async function readUrl(url: string): Promise<string> {
  let response: Response
  try {
    response = await fetch(url, { signal: AbortSignal.timeout(30_000) })
  } catch (cause) {
    throw new CliError(
      `'${url}' cannot be read: ${messageOf(cause instanceof Error ? (cause.cause ?? cause) : cause)}; start the server, or give a file.`,
      { cause },
    )
  }
  if (!response.ok) {
    throw new CliError(
      `'${url}' cannot be read: the server responds with ${response.status}; give the path that serves the document.`,
    )
  }
  return response.text()
}
