import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { OperationDefinition, ResponseDefinition } from '../definition.ts'
import { CoreError } from '../errors.ts'
import { declaredTypeOf, essenceOf, isJson } from '../media-type.ts'
import { placeOf } from '../path.ts'
import { toProblemIssues } from '../problem-issue.ts'
import type { AnySchema } from '../schema.ts'
import { declaredFor } from '../status.ts'
import { transforms } from '../transforms.ts'
import { coercion, type Fields } from './coerce.ts'
import { headerNames } from './header-names.ts'

/** An answer, and the value that its body was made of, where one of the context's methods made it. */
export interface MadeAnswer {
  readonly response: Response
  readonly body: { readonly value: unknown } | undefined
}

/**
 * Holds an answer to its declaration: status, body, headers. Gives a promise only where a schema does.
 * A schema that changes what it validates cannot be asked about its own output, and is left alone.
 *
 * @throws {CoreError} with `response`, naming the operation, the status and where the answer breaks its schema
 */
export function checkAnswer(
  { response, body }: MadeAnswer,
  definition: OperationDefinition,
): Response | Promise<Response> {
  const { status } = response
  const place = `${placeOf(definition)} answered ${status}`
  const declared = declaredFor(definition.responses, status)
  if (declared === undefined) {
    throw new CoreError(
      'response',
      `${place}, which it does not declare; add .response(${status}, …)`,
    )
  }
  const schema = body && bodySchemaOf(declared, response)
  const headers = declared.headers && {
    schema: declared.headers,
    value: headersOf(response, declared.headers),
  }
  const checks = [
    schema && { what: 'a body that breaks its schema', value: body.value, schema },
    headers && { what: 'headers that break their schema', ...headers },
  ]
  const pending: Promise<void>[] = []
  for (const check of checks) {
    if (!check) continue
    const result = check.schema['~standard'].validate(check.value)
    if (result instanceof Promise)
      pending.push(result.then((settled) => judge(settled, check, place)))
    else judge(result, check, place)
  }
  return pending.length === 0 ? response : Promise.all(pending).then(() => response)
}

interface Checked {
  readonly what: string
  readonly value: unknown
  readonly schema: AnySchema
}

function judge(
  { issues }: StandardSchemaV1.Result<unknown>,
  { what, value, schema }: Checked,
  place: string,
): void {
  if (!issues || transforms(schema)) return
  const errors = toProblemIssues('body', issues, value)
  const where = errors.map(({ pointer, detail }) => `${pointer || 'the whole'}: ${detail}`)
  throw new CoreError('response', `${place} with ${what}: ${where.join('; ')}`)
}

function bodySchemaOf(declared: ResponseDefinition, response: Response): AnySchema | undefined {
  const essence = essenceOf(response.headers.get('content-type') ?? '')
  const { content = {}, schema } = declared
  const type = declaredTypeOf(essence, content)
  return type === undefined ? (isJson(essence) ? schema : undefined) : content[type]
}

function headersOf({ headers }: Response, schema: AnySchema): Fields {
  const fields: Fields = Object.fromEntries(headers)
  headerNames(schema)?.(fields)
  coercion(schema, { commas: true })?.(fields)
  return fields
}
