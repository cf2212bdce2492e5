import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { Context, ValidationTargets } from 'hono'
import type { ContentDefinition, RequestDefinition } from '../definition.ts'
import type { ValidatedPart } from '../delivery.ts'
import { FORM_TYPE, JSON_TYPE, MULTIPART_TYPE } from '../media-type.ts'
import type { ProblemDetails, ProblemIssue, ProblemStatus } from '../problem.ts'
import { MAX_ISSUES, toProblemIssues } from '../problem-issue.ts'
import type { AnySchema } from '../schema.ts'
import { takesNothing } from '../takes-nothing.ts'
import { isTooDeep } from '../too-deep.ts'
import { readBody } from './body.ts'
import { type Coerce, coercion, type Fields } from './coerce.ts'
import { fieldReader } from './fields.ts'

/** A request that passed its schemas; or the problem to answer. */
export type ReadRequest =
  | {
      readonly ok: true
      /** The body as it was sent, for expressions. */
      readonly raw: unknown
      /** The body by its declared media type, as its schema gave it. */
      readonly body: { readonly type: string; readonly value: unknown } | undefined
    }
  | { readonly ok: false; readonly status: ProblemStatus; readonly details: ProblemDetails }

/** How the requests of one operation are read: made once. */
export interface RequestPlan {
  readonly parts: readonly Part[]
  readonly bodies: ReadonlyMap<string, BodyPart> | undefined
  readonly content: Readonly<Record<string, ContentDefinition>>
  /** The media type of the body that may be left out. */
  readonly optional: string | undefined
}

interface Part {
  readonly name: ValidatedPart | 'cookie'
  readonly target: keyof ValidationTargets
  readonly schema: AnySchema
  readonly read: (c: Context) => Fields
}

interface BodyPart {
  /** Where `c.req.valid(…)` gives it. */
  readonly target: 'json' | 'form' | undefined
  readonly schema: AnySchema
  readonly coerce: Coerce | undefined
}

const PARTS = [
  ['params', 'path', 'param'],
  ['query', 'query', 'query'],
  ['headers', 'header', 'header'],
  ['cookies', 'cookie', 'cookie'],
] as const

/** Works out how requests are read. */
export function planOf(request: RequestDefinition): RequestPlan {
  const { content = {} } = request
  const types = Object.keys(content)
  const parts = PARTS.flatMap(([part, name, target]) => {
    const schema = request[part]
    return schema ? [{ name, target, schema, read: fieldReader(part, schema) }] : []
  })
  const bodies = Object.entries(content).map(([type, { schema }]): [string, BodyPart] => {
    const isForm = type === FORM_TYPE || type === MULTIPART_TYPE
    return [
      type,
      {
        target: isForm ? 'form' : type === JSON_TYPE ? 'json' : undefined,
        schema,
        coerce: isForm ? coercion(schema, { commas: false }) : undefined,
      },
    ]
  })
  return {
    parts,
    content,
    bodies: bodies.length > 0 ? new Map(bodies) : undefined,
    optional: types.find((type) => takesNothing(content[type]?.schema)),
  }
}

interface Sent {
  readonly type: string | undefined
  readonly raw: unknown
}

/**
 * Reads and validates what is declared, and nothing else: `c.req.valid(…)` then gives it.
 * The issues of all parts are answered together. Gives a promise only where something has to be awaited.
 */
export function readRequest(
  c: Context,
  plan: RequestPlan,
  bodyLimit: number,
): ReadRequest | Promise<ReadRequest> {
  if (!plan.bodies) return validate(c, plan, { type: undefined, raw: undefined })
  return readBody(c, plan.content, bodyLimit).then((read) => {
    if (!read.ok) return refuse(read.status, { detail: read.detail })
    const type = read.type ?? plan.optional
    if (type !== undefined) return validate(c, plan, { type, raw: read.value })
    const [first] = Object.keys(plan.content)
    return refuse(415, { detail: `the body is missing: send it, with 'content-type: ${first}'` })
  })
}

interface Check {
  readonly part: Pick<Part, 'name'> & { readonly target: Part['target'] | undefined }
  readonly value: unknown
  readonly result: StandardSchemaV1.Result<unknown> | Promise<StandardSchemaV1.Result<unknown>>
}

function validate(c: Context, plan: RequestPlan, sent: Sent): ReadRequest | Promise<ReadRequest> {
  const checks: Check[] = []
  let checking: Check['part']['name'] = 'body'
  let isPending = false
  try {
    for (const part of plan.parts) {
      checking = part.name
      const value = part.read(c)
      const result = part.schema['~standard'].validate(value)
      isPending ||= result instanceof Promise
      checks.push({ part, value, result })
    }
    const body = sent.type === undefined ? undefined : plan.bodies?.get(sent.type)
    if (body) {
      checking = 'body'
      const value = body.coerce ? coerced(sent.raw, body.coerce) : sent.raw
      const result = body.schema['~standard'].validate(value)
      isPending ||= result instanceof Promise
      checks.push({ part: { name: 'body', target: body.target }, value, result })
    }
  } catch (error) {
    if (!isTooDeep(error)) throw error
    return tooDeep(checking)
  }
  if (!isPending) return conclude(c, checks, sent)
  return settle(checks).then(
    (settled) => conclude(c, settled, sent),
    (error) => {
      if (!isTooDeep(error)) throw error
      return tooDeep(checking)
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
  let errors: ProblemIssue[] | undefined
  let body: { readonly type: string; readonly value: unknown } | undefined
  for (const { part, value, result } of checks) {
    // all promises are settled
    const { issues, value: output } = result as {
      issues?: readonly StandardSchemaV1.Issue[]
      value?: unknown
    }
    if (issues) {
      errors ??= []
      errors.push(...toProblemIssues(part.name, issues, value))
      continue
    }
    if (part.target) c.req.addValidatedData(part.target, output as object)
    if (part.name === 'body' && type !== undefined) body = { type, value: output }
  }
  if (errors) {
    return refuse(422, { detail: 'the request is not valid', errors: errors.slice(0, MAX_ISSUES) })
  }
  return { ok: true, raw, body }
}

function tooDeep(part: string): ReadRequest {
  return refuse(400, { detail: `the ${part} is nested too deeply` })
}

function refuse(status: ProblemStatus, details: ProblemDetails): ReadRequest {
  return { ok: false, status, details }
}
