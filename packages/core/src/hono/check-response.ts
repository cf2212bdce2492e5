import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { ResponseDefinition } from '../definition/definition.ts'
import { declaredTypeOf, essenceOf, isJson } from '../definition/media-type.ts'
import type { AnySchema } from '../definition/schema.ts'
import { declaredFor } from '../definition/status.ts'
import type { ResponsePart } from './broken-response.ts'
import type { ResponsePlan } from './response-plan.ts'

/** An answer that one of the context's methods made, and of what. */
export interface MadeBody {
  readonly response: Response
  readonly value: unknown
  /** The media type, where it is known without asking the answer. */
  readonly type: string | undefined
}

/** Schemas that change what they validate: they cannot be asked about their own output. */
const changing = new WeakSet<AnySchema>()

/**
 * Holds an answer to its declaration: status, body, headers. Gives a promise only where a schema does, or where
 * the answer breaks it.
 *
 * @throws {CoreError} with `response`, naming the operation, the status and where the answer breaks its schema
 */
export function checkResponse(
  response: Response,
  made: MadeBody | undefined,
  { definition, readHeaders }: ResponsePlan,
): Response | Promise<Response> {
  const { status } = response
  const declared = declaredFor(definition.responses, status)
  if (declared === undefined) {
    return import('./words.ts').then(({ undeclaredResponse }) => {
      throw undeclaredResponse(definition, status)
    })
  }
  // what is in a stream is not known yet
  const isMade = made?.response === response && !(made.value instanceof ReadableStream)
  const schema = isMade ? bodySchemaOf(declared, made) : undefined
  const ofBody = schema && hold({ definition, status, what: 'body', schema, value: made?.value })
  const ofHeaders =
    declared.headers &&
    hold({
      definition,
      status,
      what: 'headers',
      schema: declared.headers,
      value: readHeaders.get(declared.headers)?.(response.headers),
    })
  return ofBody || ofHeaders ? Promise.all([ofBody, ofHeaders]).then(() => response) : response
}

function hold(part: ResponsePart): Promise<void> | undefined {
  if (changing.has(part.schema)) return undefined
  const result = part.schema['~standard'].validate(part.value)
  if (result instanceof Promise) return result.then((settled) => judge(part, settled))
  return result.issues && judge(part, result)
}

async function judge(
  part: ResponsePart,
  { issues }: StandardSchemaV1.Result<unknown>,
): Promise<void> {
  if (!issues) return
  const { brokenResponse } = await import('./words.ts')
  const error = brokenResponse(part, issues)
  if (error) throw error
  changing.add(part.schema)
}

function bodySchemaOf(
  { content = {}, schema }: ResponseDefinition,
  { response, type }: MadeBody,
): AnySchema | undefined {
  const essence = type ?? essenceOf(response.headers.get('content-type') ?? '')
  const declared = declaredTypeOf(essence, content)
  return declared === undefined ? (isJson(essence) ? schema : undefined) : content[declared]
}
