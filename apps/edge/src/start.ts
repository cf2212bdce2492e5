// Starts the Worker with `wrangler dev`, and the external API that it calls back, and prints how to use them.
import { type ChildProcess, fork, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseEnv } from 'node:util'

const FOLDER = join(import.meta.dirname, '..')
const VARS = join(FOLDER, '.dev.vars')
const WRANGLER = join(FOLDER, 'node_modules/wrangler/bin/wrangler.js')
const { PORT = '8787', EXTERNAL_PORT = '9000' } = process.env

if (!existsSync(VARS)) {
  const secret = `whsec_${randomBytes(32).toString('base64')}`
  writeFileSync(VARS, `CALLBACK_SECRET=${secret}\nRECEIVER_HOST=127.0.0.1\n`, { mode: 0o600 })
}
const { CALLBACK_SECRET } = parseEnv(readFileSync(VARS, 'utf8'))

const children: ChildProcess[] = [
  fork(join(FOLDER, '../invoices/src/external-process.ts'), {
    env: { ...process.env, CALLBACK_SECRET, EXTERNAL_PORT },
    execArgv: ['--disable-warning=ExperimentalWarning'],
  }),
  spawn(process.execPath, [WRANGLER, 'dev', '--port', PORT, '--test-scheduled'], {
    cwd: FOLDER,
    env: { ...process.env, WRANGLER_SEND_METRICS: 'false' },
    stdio: ['ignore', 'inherit', 'inherit'],
  }),
]
const stop = () => {
  for (const child of children) child.kill('SIGTERM')
}
process.on('SIGINT', stop)
process.on('SIGTERM', stop)
for (const child of children) child.on('exit', stop)

const [api, external] = [`http://127.0.0.1:${PORT}`, `http://127.0.0.1:${EXTERNAL_PORT}`]
while (children.every(({ exitCode }) => exitCode === null)) {
  const response = await fetch(`${api}/openapi.json`).catch(() => undefined)
  if (response?.ok) break
  await new Promise((resolve) => setTimeout(resolve, 200))
}
if (children.every(({ exitCode }) => exitCode === null)) {
  console.log(`The invoices API is ready: ${api}

  Read the reference   ${api}/reference
  or the document      ${api}/openapi.json
  Create an invoice    curl -X POST '${api}/invoices?callback_url=${external}/events' -H 'content-type: application/json' -d '{"id":"2expen51ve","customer":"Mr. Richie Rich","total":"9999"}'
  See its callback     curl ${external}/received
  Play the cron        curl '${api}/__scheduled'

  Ctrl-C stops both.
`)
}
