import { type AppDocumentOptions, documentOfApp } from '../app/load-app.ts'
import { CliError } from '../errors.ts'
import { parseText } from './parse-text.ts'
import { readSource } from './read-source.ts'

/** An OpenAPI document of anybody, as JSON data: nothing of its shape is known. */
export type JsonObject = Readonly<Record<string, unknown>>

/** A document, and the text that it was read from. */
export interface ReadDocument {
  readonly document: JsonObject
  /** Absent for an application, whose document is built. */
  readonly text?: string
}

const MODULE = /\.[cm]?[jt]sx?$/i

/** Whether a source is a module with an application, and not a document. */
export function isModule(source: string): boolean {
  return MODULE.test(source) && !/^https?:/i.test(source)
}

/**
 * Reads an OpenAPI document: of an application, a file of JSON or YAML, a URL, or `-` for the standard input.
 *
 * @example
 * const { document } = await readDocument('openapi.yaml')
 *
 * @throws {CliError} when there is none
 */
export async function readDocument(
  source: string,
  options: AppDocumentOptions = {},
): Promise<ReadDocument> {
  if (isModule(source)) {
    // as clients read it: without members that are undefined
    return { document: JSON.parse(JSON.stringify(await documentOfApp(source, options))) }
  }
  const text = await readSource(source)
  const document = parseText(text, source)
  if (!isOpenApi(document)) throw new CliError(describeOther(document, source))
  return { document, text }
}

function isOpenApi(value: unknown): value is JsonObject {
  return isRecord(value) && typeof value.openapi === 'string' && /^3\.\d/.test(value.openapi)
}

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function describeOther(value: unknown, source: string): string {
  if (isRecord(value) && value.swagger !== undefined) {
    return `'${source}' is a document of Swagger 2.0, which has no callbacks; convert it to OpenAPI 3 first.`
  }
  return `'${source}' is not an OpenAPI document: its field openapi is not 3.0, 3.1 or 3.2; give a document of OpenAPI 3, or a module with an app.`
}
