// Starts the invoices API and the external API, each in its own process, and prints how to use them.
import { type ChildProcess, fork } from 'node:child_process'
import { randomBytes } from 'node:crypto'

const env = {
  ...process.env,
  CALLBACK_SECRET: process.env.CALLBACK_SECRET ?? `whsec_${randomBytes(32).toString('base64')}`,
}
const children: ChildProcess[] = []
let stopping = false

process.on('SIGINT', stop)
process.on('SIGTERM', stop)

try {
  const external = await startProcess('external', './external-process.ts')
  console.log(`The external developer's API is ready: it receives callbacks at ${external}/events`)
  const api = await startProcess('api', './api.ts')
  console.log(`The invoices API is ready: ${api}

  Read the reference   ${api}/reference
  or the document      ${api}/openapi.json
  Create an invoice    curl -X POST '${api}/invoices?callback_url=${external}/events' -H 'content-type: application/json' -d '{"id":"2expen51ve","customer":"Mr. Richie Rich","total":"9999"}'
  See its callback     curl ${external}/received
  and what was sent    ${api}/console, to this machine only

  Ctrl-C stops both.
`)
} catch {
  // the process that failed has printed the reason, unless it was stopped
  if (!stopping) process.exitCode = 1
  stop()
}

function stop(): void {
  if (stopping) return
  stopping = true
  // Ctrl-C in a terminal reaches the children as well; a second signal changes nothing
  for (const child of children) child.kill('SIGTERM')
}

/** Starts a process; resolves to the URL that it listens at, and rejects when it ends before. */
function startProcess(name: string, file: string): Promise<string> {
  const child = fork(new URL(file, import.meta.url), {
    env,
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  children.push(child)
  prefixLines(name, child.stdout, process.stdout)
  prefixLines(name, child.stderr, process.stderr)

  return new Promise((resolve, reject) => {
    child.once('message', (message: { url: string }) => resolve(message.url))
    child.once('exit', (code) => {
      reject(new Error(`the process '${name}' has ended`))
      if (!stopping) {
        process.exitCode = code ?? 1
        stop()
      }
    })
  })
}

function prefixLines(name: string, from: NodeJS.ReadableStream | null, to: NodeJS.WritableStream) {
  let rest = ''
  from?.setEncoding('utf8')
  from?.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) to.write(`[${name}] ${line}\n`)
  })
}
