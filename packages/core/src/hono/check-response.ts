import { loadWords } from '#late'
import type { OperationDefinition } from '../definition/definition.ts'
import { essenceOf } from '../definition/media-type.ts'
import type { AnySchema, SchemaResult } from '../definition/schema.ts'
import { declaredFor } from '../definition/status.ts'
import { bodySchemaOf } from './body-schema.ts'
import type { ResponsePart } from './broken-response.ts'
import type { MadeBody } from './made-body.ts'
import type { ReadHeaders } from './response-headers.ts'

/** The declaration of an operation's responses. */
export interface CheckPlan {
  readonly definition: OperationDefinition
  /** Functions that read the headers of a response, by their schema. */
  readonly readHeaders: ReadonlyMap<AnySchema, ReadHeaders>
}

/** Schemas that transform values, and so cannot check their own output. */
const transforming = new WeakSet<AnySchema>()

/**
 * Checks status, body and headers of a response against its declaration. Returns a promise only if a schema does, or
 * if the response is broken.
 *
 * @throws {CoreError} with `response`, naming the operation, the status and the faults
 */
export function checkResponse(
  response: Response,
  bodies: readonly MadeBody[],
  { definition, readHeaders }: CheckPlan,
): Response | Promise<Response> {
  const made = bodies.find((body) => body.response === response)
  const known = made?.declared
  const status = known?.status ?? response.status
  const declared = known?.response ?? declaredFor(definition.responses, status)
  if (declared === undefined) {
    return loadWords().then(({ undeclaredResponse }) => {
      throw undeclaredResponse(definition, status)
    })
  }
  // the content of a stream is not known yet
  const isStream = made?.value instanceof ReadableStream
  const schema = known ? known.schema : made && bodySchemaOf(declared, typeOf(made))
  const bodyCheck =
    schema && !isStream
      ? checkPart({ definition, status, part: 'body', schema, value: made?.value })
      : undefined
  const headersCheck =
    declared.headers &&
    checkPart({
      definition,
      status,
      part: 'headers',
      schema: declared.headers,
      value: readHeaders.get(declared.headers)?.(response.headers),
    })
  return bodyCheck || headersCheck
    ? Promise.all([bodyCheck, headersCheck]).then(() => response)
    : response
}

function typeOf({ response, type }: MadeBody): string {
  return type ?? essenceOf(response.headers.get('content-type') ?? '')
}

function checkPart(part: ResponsePart): Promise<void> | undefined {
  if (transforming.has(part.schema)) return undefined
  const result = part.schema['~standard'].validate(part.value)
  if (result instanceof Promise) return result.then((settled) => refuseBroken(part, settled))
  return result.issues && refuseBroken(part, result)
}

async function refuseBroken(part: ResponsePart, { issues }: SchemaResult): Promise<void> {
  if (!issues) return
  const { brokenResponse } = await loadWords()
  const error = brokenResponse(part, issues)
  if (error) throw error
  transforming.add(part.schema)
}
