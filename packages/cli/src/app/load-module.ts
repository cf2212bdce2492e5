import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { CliError, messageOf } from '../errors.ts'
import { WORKERS_MODULES } from './workers-stub.ts'

/** The codes of Node for modules that it cannot load as they are, though their code may be right. */
const FOR_JITI = new Set([
  'ERR_UNKNOWN_FILE_EXTENSION',
  'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX',
  'ERR_INVALID_TYPESCRIPT_SYNTAX',
  'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING',
  'ERR_UNSUPPORTED_ESM_URL_SCHEME',
  'ERR_UNSUPPORTED_DIR_IMPORT',
  'ERR_MODULE_NOT_FOUND',
  'ERR_IMPORT_ATTRIBUTE_MISSING',
  'ERR_REQUIRE_ASYNC_MODULE',
  'ERR_REQUIRE_CYCLE_MODULE',
])

/**
 * Loads a module of the user's project, TypeScript or JavaScript: by Node itself where that can, so that there is one
 * Hono; else by jiti, which knows JSX, enums, the paths of a tsconfig and imports without an ending.
 *
 * @throws {CliError} when there is no such file, or it throws
 */
export async function loadModule(path: string): Promise<Readonly<Record<string, unknown>>> {
  const file = resolve(path)
  if (!existsSync(file)) {
    throw new CliError(`There is no file '${path}'; give the path of the module from this folder.`)
  }
  try {
    return await loadWith(file)
  } catch (cause) {
    throw new CliError(
      `'${path}' cannot be loaded: ${messageOf(cause)}\nIf it needs variables of the environment, set them, or give --env-file FILE.`,
      { cause },
    )
  }
}

async function loadWith(file: string): Promise<Record<string, unknown>> {
  try {
    return await import(pathToFileURL(file).href)
  } catch (error) {
    if (!isForJiti(error)) throw error
  }
  const { createJiti } = await import('jiti')
  const jiti = createJiti(file, {
    fsCache: false,
    interopDefault: false,
    tryNative: true,
    tsconfigPaths: true,
    jsx: { runtime: 'automatic', importSource: 'hono/jsx' },
    virtualModules: { ...WORKERS_MODULES },
  })
  return jiti.import(file)
}

function isForJiti(error: unknown): boolean {
  if (error instanceof SyntaxError) return true
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  return typeof code === 'string' && FOR_JITI.has(code)
}
