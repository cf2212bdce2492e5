import { parse, YAMLParseError } from 'yaml'
import { CliError, messageOf } from '../errors.ts'

/**
 * Parses a document that is JSON or YAML.
 *
 * @throws {CliError} naming the place, when it is neither
 */
export function parseText(text: string, name: string): unknown {
  // a byte order mark is no part of either
  const source = text.replace(/^\uFEFF/, '')
  const isJson = /^\s*[{[]/.test(source)
  if (isJson) {
    try {
      return JSON.parse(source)
    } catch (cause) {
      if (/\.json$/i.test(name)) {
        throw new CliError(`'${name}' is not JSON: ${messageOf(cause)}`, { cause })
      }
    }
  }
  try {
    // large documents have more aliases than the parser's limit, which is for hostile ones
    return parse(source, { maxAliasCount: 10_000, logLevel: 'error', uniqueKeys: false })
  } catch (cause) {
    const at = cause instanceof YAMLParseError ? cause.message : messageOf(cause)
    throw new CliError(`'${name}' is neither JSON nor YAML: ${at}`, { cause })
  }
}
