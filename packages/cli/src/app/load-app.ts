import type { OpenApiDocument } from '@ringback/core'
import type { OwnDocument } from '@ringback/core/internal'
import { CliError, messageOf } from '../errors.ts'
import { loadModule } from './load-module.ts'
import { withConsoleAside } from './with-console-aside.ts'

/** Where an application has its document. */
export interface AppDocumentOptions {
  /** The export that is the app; by default `app`, then `default`, then the only one that is an app. */
  readonly exportName?: string | undefined
  /** The version of OpenAPI, where it is not the app's own. */
  readonly openapi?: '3.1' | '3.2' | undefined
  /** Asks the app for the document at this path; for apps that `createApi` has not made. */
  readonly path?: string | undefined
}

interface Documented {
  readonly '~documented': () => Promise<OwnDocument>
}

interface Fetching {
  fetch(request: Request): Response | Promise<Response>
}

/**
 * Loads an application, and gives its document without a server.
 *
 * @example
 * const { paths } = await documentOfApp('src/app.ts')
 *
 * @throws {CliError} when the module has no app, or its document cannot be built
 */
export async function documentOfApp(
  file: string,
  { exportName, openapi, path }: AppDocumentOptions = {},
): Promise<OpenApiDocument> {
  // what the application prints while it starts is not a part of the document
  return withConsoleAside(async () => {
    const module = await loadModule(file)
    if (path !== undefined)
      return requestDocument(findApp(module, { file, exportName }, isFetching), path)

    const app = findApp(module, { file, exportName }, isDocumented)
    try {
      const own = await app['~documented']()
      return own.write(openapi && { openapi })
    } catch (cause) {
      throw new CliError(`The document of '${file}' cannot be built: ${messageOf(cause)}`, {
        cause,
      })
    }
  })
}

function findApp<TApp>(
  module: Readonly<Record<string, unknown>>,
  { file, exportName }: { readonly file: string; readonly exportName: string | undefined },
  isApp: (value: unknown) => value is TApp,
): TApp {
  const names = exportName === undefined ? ['app', 'default'] : [exportName]
  const named = names.map((name) => (Object.hasOwn(module, name) ? module[name] : undefined))
  const found = named.find(isApp)
  if (found !== undefined) return found
  if (exportName === undefined) {
    const others = [...new Set(Object.values(module))].filter(isApp)
    const [only] = others
    if (only !== undefined && others.length === 1) return only
  }
  const exported = Object.keys(module).join(', ') || 'nothing'
  const what =
    exportName === undefined ? 'exports no app' : `has no app as its export '${exportName}'`
  throw new CliError(
    `'${file}' ${what} of createApi; it exports ${exported}. Write export const app = createApi(…), name the export ` +
      'with --export NAME, or give --path /openapi.json to ask another app for its document.',
  )
}

function isDocumented(value: unknown): value is Documented {
  return isObject(value) && '~documented' in value && typeof value['~documented'] === 'function'
}

function isFetching(value: unknown): value is Fetching {
  return isObject(value) && 'fetch' in value && typeof value.fetch === 'function'
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

async function requestDocument(app: Fetching, path: string): Promise<OpenApiDocument> {
  const response = await app.fetch(new Request(new URL(path, 'http://localhost')))
  const text = await response.text()
  if (!response.ok) {
    throw new CliError(
      `The app has no document at '${path}': it responds with ${response.status}. Give the path of its option document.`,
    )
  }
  try {
    const { parse } = await import('yaml')
    // JSON is YAML; the app has written it
    return (text.startsWith('{') ? JSON.parse(text) : parse(text)) as OpenApiDocument
  } catch (cause) {
    throw new CliError(`'${path}' of the app is neither JSON nor YAML: ${messageOf(cause)}`, {
      cause,
    })
  }
}
