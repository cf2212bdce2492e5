import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

const MODULES = fileURLToPath(new URL('../node_modules', import.meta.url))

/** Makes a project outside the repository, with the packages that this one has; it is gone after the test. */
export function makeProject(files: Readonly<Record<string, string>> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'ringback-cli-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  symlinkSync(MODULES, join(folder, 'node_modules'))
  for (const [name, content] of Object.entries({ 'package.json': '{"type":"module"}', ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), content)
  }
  return folder
}

/** A module of an app with one operation and one callback, which exports it as `app`. */
export const APP = `import { callback, createApi, route } from '@ringback/core'
import * as v from 'valibot'

const paid = callback('post', '{$request.body#/callbackUrl}')
  .body(v.object({ amount: v.number(), note: v.optional(v.string()) }))
  .response(204)

const createOrder = route('post', '/orders')
  .body(v.object({ callbackUrl: v.pipe(v.string(), v.url()) }))
  .response(202, v.object({ msg: v.string() }))
  .callback('paid', paid)
  .handle((c) => c.json({ msg: 'received' }, 202))

console.log('the app starts')
export const app = createApi({ info: { title: 'Orders', version: '1.0.0' }, signed: true }, [createOrder])
`
