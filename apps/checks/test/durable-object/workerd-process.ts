// workerd in a process group of its own, which a test can kill.
import { readFileSync } from 'node:fs'
import { Miniflare } from 'miniflare'

const { SCRIPT = '', DATA = '', BINDINGS = '{}' } = process.env

const miniflare = new Miniflare({
  // named, so that Miniflare does not parse it to find what it imports
  modules: [{ type: 'ESModule', path: 'worker.mjs', contents: readFileSync(SCRIPT, 'utf8') }],
  compatibilityDate: '2026-06-01',
  bindings: JSON.parse(BINDINGS),
  durableObjects: { CALLBACKS: { className: 'Callbacks', useSQLite: true } },
  durableObjectsPersist: DATA,
  cf: false, // otherwise it downloads request.cf from Cloudflare
})
console.log((await miniflare.ready).origin)
