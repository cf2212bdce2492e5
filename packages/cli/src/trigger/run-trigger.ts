import { randomUUID } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { sign } from '@ringback/signing'
import pc from 'picocolors'
import { loadEnvFile } from '../commands/app-options.ts'
import type { TriggerCommandOptions } from '../commands/trigger.ts'
import { listOutgoing, type Outgoing } from '../documents/outgoing.ts'
import { isRecord, type JsonObject, readDocument } from '../documents/read-document.ts'
import { CliError, EXIT, messageOf } from '../errors.ts'
import { print, printJson } from '../terminal/write.ts'
import { findOutgoing } from './find-outgoing.ts'
import { sampleOutgoing } from './sample-message.ts'
import { sampleUrl } from './sample-url.ts'

/** Sends a signed sample, and prints the response. */
export async function trigger(name: string, options: TriggerCommandOptions): Promise<void> {
  const { secret = [], to, exact, json } = options
  if (secret.length === 0) {
    throw new CliError(
      'There is nothing to sign with: give --secret whsec_…, or set CALLBACK_SECRET.',
    )
  }
  loadEnvFile(options)
  const { export: exportName, path } = options
  const { document } = await readDocument(options.document, { exportName, path })
  const outgoing = findOutgoing(listOutgoing(document), name)
  const sample = sampleOutgoing(document, outgoing)
  const body = options.data === undefined ? sample.body : await readData(options.data)
  const url = new URL(exact ? to.href : sampleUrl(document, outgoing, to))
  for (const [key, value] of sample.query) url.searchParams.append(key, value)

  const id = `msg_${randomUUID().replaceAll('-', '')}`
  const timestamp = Math.floor(Date.now() / 1000)
  const headers = {
    ...(body !== undefined && { 'content-type': sample.mediaType ?? 'application/json' }),
    ...sample.headers,
    ...(await sign({ id, timestamp, body: body ?? '', secrets: secret })),
    'idempotency-key': id,
    'user-agent': 'ringback-cli',
  }
  const response = await send(url, {
    method: outgoing.method.toUpperCase(),
    headers,
    ...(body !== undefined && { body }),
  })
  const text = await response.text()
  const problem = problemOf(response, outgoing)
  if (json) {
    printJson({ id, url: url.href, body, status: response.status, response: text, problem })
  } else {
    const mark =
      problem === undefined ? pc.green(String(response.status)) : pc.red(String(response.status))
    print(`${outgoing.method.toUpperCase()} ${url.href} ${mark}`)
    if (body !== undefined) print(`  sent      ${body}`)
    if (text !== '') print(`  received  ${text.slice(0, 2000)}`)
    if (problem !== undefined) print(problem)
  }
  if (problem !== undefined) process.exitCode = EXIT.failed
}

async function readData(data: string): Promise<string> {
  if (!data.startsWith('@')) return data
  try {
    return await readFile(data.slice(1), 'utf8')
  } catch (cause) {
    throw new CliError(
      `'${data.slice(1)}' cannot be read: ${messageOf(cause)}; check the path after @.`,
      { cause },
    )
  }
}

async function send(url: URL, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { ...init, redirect: 'manual', signal: AbortSignal.timeout(30_000) })
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error
    throw new CliError(
      `${url.href} cannot be reached: ${messageOf(cause)}; start the receiver, or correct --to.`,
      { cause },
    )
  }
}

/** Why a sender would not take the response for a delivery, or the document does not have it. */
function problemOf({ status, ok }: Response, { operation }: Outgoing): string | undefined {
  if (!ok) return `The receiver refuses it with ${status}: a sender would try again.`
  const responses: JsonObject = isRecord(operation.responses) ? operation.responses : {}
  const names = [String(status), `${String(status)[0]}XX`, 'default']
  if (Object.keys(responses).length === 0 || names.some((one) => Object.hasOwn(responses, one))) {
    return undefined
  }
  return `The document does not declare the status ${status}: it has ${Object.keys(responses).join(', ')}.`
}
