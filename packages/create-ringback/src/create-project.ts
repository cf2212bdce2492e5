import { randomBytes } from 'node:crypto'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { cp, rename, writeFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { CreateError } from './errors.ts'
import { fillManifest } from './fill-manifest.ts'

/** The templates, by name. */
export const TEMPLATES = {
  node: 'Node, with deliveries in SQLite',
  workers: 'Cloudflare Workers, with deliveries in Durable Objects',
} as const

/** The name of a template. */
export type Template = keyof typeof TEMPLATES

/** Options of a new project. */
export interface CreateOptions {
  /** A new folder, or an empty one. */
  readonly folder: string
  readonly template: Template
}

/** A project that was created. */
export interface CreatedProject {
  /** The absolute path of its folder. */
  readonly folder: string
  /** Its name: that of the folder, as npm allows it. */
  readonly name: string
}

const PACKAGE = fileURLToPath(new URL('..', import.meta.url))
/** The file with the secrets of development, which git ignores. */
const SECRETS: Readonly<Record<Template, string>> = { node: '.env', workers: '.dev.vars' }
/** The variable that lets the API send to a receiver on the same machine. */
const LOOPBACK: Readonly<Record<Template, string>> = {
  node: 'ALLOW_LOOPBACK=true',
  workers: 'RECEIVER_HOST=127.0.0.1',
}

/**
 * Creates a project: an API with one callback, a receiver, and tests, with a new secret.
 *
 * @example
 * await createProject({ folder: 'my-api', template: 'node' })
 *
 * @throws {CreateError} when the folder is not empty, or a version is not known
 */
export async function createProject({ folder, template }: CreateOptions): Promise<CreatedProject> {
  const target = resolve(folder)
  if (existsSync(target) && readdirSync(target).length > 0) {
    throw new CreateError(
      `'${folder}' is not empty, and nothing in it was changed: give a new folder.`,
    )
  }
  const name = nameOf(target)
  const source = join(PACKAGE, 'templates', template)
  // before anything is written: it may refuse
  const filled = fillManifest(
    { ...readJson(join(source, 'package.json')), name },
    readJson(join(PACKAGE, 'package.json')),
  )
  await cp(source, target, { recursive: true })
  // npm would leave out a file of that name when it packs the template
  await rename(join(target, '_gitignore'), join(target, '.gitignore'))
  await writeFile(join(target, 'package.json'), `${JSON.stringify(filled, null, 2)}\n`)
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  const variables = `CALLBACK_SECRET=${secret}\n${LOOPBACK[template]}\n`
  await writeFile(join(target, SECRETS[template]), variables, { mode: 0o600 })
  return { folder: target, name }
}

/** A name as npm allows it. */
function nameOf(folder: string): string {
  const name = basename(folder)
    .toLowerCase()
    .replace(/[^a-z\d]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return name || 'api'
}

function readJson(file: string): Readonly<Record<string, unknown>> {
  return JSON.parse(readFileSync(file, 'utf8'))
}
