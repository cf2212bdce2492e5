import type { AnyOutgoing, AnySchema } from '@ringback/core'
import {
  CoreError,
  declaredFor,
  loadSentValue,
  type SendValue,
  toProblemIssues,
} from '@ringback/core/internal'
import type { SeenResponse } from './seen.ts'

/** A response of a handler, before it is checked. */
export interface HandlerResponse {
  readonly status: number
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>> | undefined
}

/**
 * Makes the response that a handler gave. Its body has what the schema names, and its defaults; it is checked as JSON
 * will have it.
 *
 * @throws {CoreError} with `response` if the callback does not declare it
 */
export async function makeResponse(
  callback: AnyOutgoing,
  response: HandlerResponse | undefined,
): Promise<SeenResponse> {
  // from JavaScript, or where a cast hides it
  if (response instanceof Response) {
    throw broken('a Response, such as that of c.json: let it return { status, body }')
  }
  if (typeof response?.status !== 'number') {
    throw broken(
      'no response: let it return { status }, and a body where the callback declares one',
    )
  }
  const { status, body, headers = {} } = response
  const { responses } = callback['~definition']
  const declared = declaredFor(responses, status)
  // a callback without responses takes any
  if (declared === undefined && Object.keys(responses).length > 0) {
    throw broken(`the status ${status}, which the callback does not declare`)
  }
  const given = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
  const schema = declared?.schema
  if (schema === undefined) {
    if (body === undefined) return { status, headers: given, body: null }
    throw broken(`a body with the status ${status}, which the callback declares without one`)
  }

  const json = await writeJson(schema, body, status)
  const value: unknown = JSON.parse(json)
  const { issues } = await schema['~standard'].validate(value)
  if (issues) {
    const faults = toProblemIssues('body', issues, value).map(
      ({ pointer, detail }) => `${pointer || 'the whole value'}: ${detail}`,
    )
    throw broken(`a ${status} whose body breaks its schema: ${faults.join('; ')}`)
  }
  const type = declared?.mediaType ?? 'application/json'
  return { status, headers: { 'content-type': type, ...given }, body: json }
}

// a schema is compiled once
const made = new WeakMap<AnySchema, SendValue>()

/** Writes a body as JSON, without the members that its schema does not name. */
async function writeJson(schema: AnySchema, body: unknown, status: number): Promise<string> {
  let sentValue = made.get(schema)
  if (!sentValue) {
    const sentValueOf = await loadSentValue()
    // the sender parses the response with the schema
    sentValue = sentValueOf(schema, { side: 'input', undeclared: 'remove', isChecked: true })
    made.set(schema, sentValue)
  }
  const sent = sentValue(body)
  if (sent.fault === undefined) return JSON.stringify(sent.value)
  throw broken(`a ${status} whose body JSON cannot hold: ${sent.fault}`)
}

function broken(response: string): CoreError {
  return new CoreError(
    'response',
    `the receiver's handler returned ${response}; the sender gets a 500 and will try again`,
  )
}
