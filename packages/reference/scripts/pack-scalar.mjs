// Puts Scalar's single-file build and its licence into scalar/, which is published, and where src and dist both
// find them. Runs when the workspace is installed, and before a build; does nothing when they are there.
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants } from 'node:zlib'

const require = createRequire(import.meta.url)
const entryOf = (name) => pathToFileURL(require.resolve(name))
const entry = entryOf('@scalar/api-reference')
const { version } = JSON.parse(await readFile(new URL('../package.json', entry), 'utf8'))

const folder = new URL('../scalar/', import.meta.url)
const file = `scalar-${version}.js.br`

if (!existsSync(new URL(file, folder))) {
  await mkdir(folder, { recursive: true })
  // all of Scalar's packages have one licence. Under a name like LICENSE, pnpm would leave out the package's own
  const licence = new URL('../LICENSE', entryOf('@scalar/hono-api-reference'))
  await copyFile(licence, new URL('COPYING', folder))

  const bytes = await readFile(new URL('browser/standalone.js', entry))
  // the best levels take half a minute, for a tenth of the size
  const params = { [constants.BROTLI_PARAM_QUALITY]: 9, [constants.BROTLI_PARAM_LGWIN]: 24 }
  const unfinished = new URL(`unfinished-${process.pid}`, folder)
  await writeFile(unfinished, await promisify(brotliCompress)(bytes, { params }))
  await rename(unfinished, new URL(file, folder))

  const others = (await readdir(folder)).filter((name) => name.endsWith('.br') && name !== file)
  await Promise.all(others.map((name) => rm(new URL(name, folder))))
}
