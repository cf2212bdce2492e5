import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { Context, ValidationTargets } from 'hono'
import type { RequestDefinition } from '../definition/definition.ts'
import type { ValidatedPart } from '../definition/delivery.ts'
import { FORM_TYPE, JSON_TYPE, MULTIPART_TYPE } from '../definition/media-type.ts'
import type { AnySchema } from '../definition/schema.ts'
import { isTooDeep } from '../problems/too-deep.ts'
import { takesNothing } from '../schemas/takes-nothing.ts'
import { readBody } from './body.ts'
import type { Coerce, Fields } from './coerce.ts'
import { fieldReader, type ReadFields } from './fields.ts'
import { type Refused, refuse } from './refusal.ts'

/** A request that passed its schemas; or the problem to answer. */
export type ReadRequest =
  | {
      readonly ok: true
      /** The body as it was sent, for expressions. */
      readonly raw: unknown
      /** The body by its declared media type, as its schema gave it. */
      readonly body: { readonly type: string; readonly value: unknown } | undefined
    }
  | Refused

/** How the requests of one operation are read: made once. */
export interface RequestPlan {
  readonly parts: readonly Part[]
  readonly bodies: Readonly<Record<string, BodyPart>> | undefined
  /** The media type of the body that may be left out. */
  readonly optional: string | undefined
}

/** What is validated: its name in problems, where `c.req.valid(…)` gives it, and its schema. */
interface Validated {
  readonly name: ValidatedPart | 'cookie'
  readonly target: keyof ValidationTargets | undefined
  readonly standard: AnySchema['~standard']
}

interface Part extends Validated {
  readonly read: ReadFields
}

interface BodyPart extends Validated {
  readonly limit: number | undefined
  readonly coerce: Coerce | undefined
}

const PARTS = [
  ['params', 'path', 'param'],
  ['query', 'query', 'query'],
  ['headers', 'header', 'header'],
  ['cookies', 'cookie', 'cookie'],
] as const

/** Works out how requests are read. */
export async function requestPlanOf(request: RequestDefinition): Promise<RequestPlan> {
  const parts: Part[] = []
  for (const [part, name, target] of PARTS) {
    const schema = request[part]
    if (!schema) continue
    const standard = schema['~standard']
    parts.push({ name, target, standard, read: await fieldReader(part, schema) })
  }

  const { content } = request
  if (!content) return { parts, bodies: undefined, optional: undefined }
  const bodies: Record<string, BodyPart> = {}
  for (const [type, { schema, limit }] of Object.entries(content)) {
    const isForm = type === FORM_TYPE || type === MULTIPART_TYPE
    bodies[type] = {
      name: 'body',
      target: isForm ? 'form' : type === JSON_TYPE ? 'json' : undefined,
      standard: schema['~standard'],
      limit,
      coerce: isForm
        ? (await import('./declared.ts')).coercion(schema, { commas: false })
        : undefined,
    }
  }
  const optional = Object.keys(content).find((type) => takesNothing(content[type]?.schema))
  return { parts, bodies, optional }
}

interface Sent {
  readonly type: string | undefined
  readonly raw: unknown
}

const NOTHING: Sent = { type: undefined, raw: undefined }

/**
 * Reads and validates what is declared, and nothing else: `c.req.valid(…)` then gives it.
 * The issues of all parts are answered together. Gives a promise only where something has to be awaited.
 */
export function readRequest(
  c: Context,
  plan: RequestPlan,
  bodyLimit: number,
): ReadRequest | Promise<ReadRequest> {
  const { bodies } = plan
  if (!bodies) return validate(c, plan, NOTHING)
  return readBody(c, bodies, bodyLimit).then((read) => {
    if (!read.ok) return read
    const type = read.type ?? plan.optional
    return type === undefined
      ? refuse({ reason: 'missing', types: Object.keys(bodies) })
      : validate(c, plan, { type, raw: read.value })
  })
}

/** What the schema of one part said. */
export interface Check {
  readonly part: Validated
  readonly value: unknown
  readonly result: StandardSchemaV1.Result<unknown> | Promise<StandardSchemaV1.Result<unknown>>
}

function validate(c: Context, plan: RequestPlan, sent: Sent): ReadRequest | Promise<ReadRequest> {
  const checks: Check[] = []
  let checking: Validated['name'] = 'body'
  let isPending = false
  try {
    for (const part of plan.parts) {
      checking = part.name
      const value = part.read(c)
      const result = part.standard.validate(value)
      isPending ||= result instanceof Promise
      checks.push({ part, value, result })
    }
    const body = sent.type === undefined ? undefined : plan.bodies?.[sent.type]
    if (body) {
      checking = 'body'
      const value = body.coerce ? coerced(sent.raw, body.coerce) : sent.raw
      const result = body.standard.validate(value)
      isPending ||= result instanceof Promise
      checks.push({ part: body, value, result })
    }
  } catch (error) {
    if (!isTooDeep(error)) throw error
    return refuse({ reason: 'too-deep', part: checking })
  }
  if (!isPending) return conclude(c, checks, sent)
  return settle(checks).then(
    (settled) => conclude(c, settled, sent),
    (error) => {
      if (!isTooDeep(error)) throw error
      return refuse({ reason: 'too-deep', part: checking })
    },
  )
}

/** A copy, since expressions read what was sent. */
function coerced(raw: unknown, coerce: Coerce): unknown {
  if (typeof raw !== 'object' || raw === null) return raw
  const fields: Fields = Object.assign(Object.create(null), raw)
  coerce(fields)
  return fields
}

async function settle(checks: readonly Check[]): Promise<Check[]> {
  return Promise.all(checks.map(async (check) => ({ ...check, result: await check.result })))
}

function conclude(c: Context, checks: readonly Check[], { type, raw }: Sent): ReadRequest {
  let isValid = true
  let body: { readonly type: string; readonly value: unknown } | undefined
  for (const { part, result } of checks) {
    // all promises are settled
    const { issues, value } = result as { issues?: readonly unknown[]; value?: unknown }
    isValid &&= !issues
    if (part.target) c.req.addValidatedData(part.target, value as object)
    if (part.name === 'body' && type !== undefined) body = { type, value }
  }
  return isValid ? { ok: true, raw, body } : refuse({ reason: 'invalid', checks })
}
