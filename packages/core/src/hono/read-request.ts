import type { Context } from 'hono'
import { BODY_PART, type PartLocation } from '../definition/parts.ts'
import type { SchemaResult } from '../definition/schema.ts'
import { isTooDeep } from '../problems/too-deep.ts'
import { readBody } from './body.ts'
import type { Coerce, Fields } from './coerce.ts'
import { type Refused, refuse } from './refusal.ts'
import type { PartPlan, RequestPlan } from './request-plan.ts'

/** A request that passed its schemas, or the refusal of one that did not. */
export type ReadRequest =
  | {
      readonly ok: true
      /** The body as sent, for expressions. */
      readonly raw: unknown
      /** The declared media type of the body, and its value after validation. */
      readonly body: { readonly type: string; readonly value: unknown } | undefined
    }
  | Refused

/** The result of the schema of one part. */
export interface Check {
  readonly part: PartPlan
  readonly value: unknown
  readonly result: SchemaResult
}

interface PendingCheck extends Omit<Check, 'result'> {
  readonly result: Check['result'] | Promise<Check['result']>
}

interface Sent {
  readonly type: string | undefined
  readonly raw: unknown
}

const NOTHING: Sent = { type: undefined, raw: undefined }

/**
 * Reads and validates the declared parts of a request for `c.req.valid(…)`; one problem has the issues of all parts.
 * Returns a promise only if something has to be awaited.
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

function validate(c: Context, plan: RequestPlan, sent: Sent): ReadRequest | Promise<ReadRequest> {
  const checks: PendingCheck[] = []
  let location: PartLocation = BODY_PART.location
  try {
    for (const part of plan.parameters) {
      location = part.location
      const value = part.read(c)
      checks.push({ part, value, result: part.standard.validate(value) })
    }
    const body = sent.type === undefined ? undefined : plan.bodies?.[sent.type]
    if (body) {
      location = body.location
      const value = body.coerce ? coerceCopy(sent.raw, body.coerce) : sent.raw
      checks.push({ part: body, value, result: body.standard.validate(value) })
    }
  } catch (error) {
    return refuseDeep(error, location)
  }
  if (areSettled(checks)) return conclude(c, checks, sent)
  const last = location
  return settle(checks).then(
    (settled) => conclude(c, settled, sent),
    (error: unknown) => refuseDeep(error, last),
  )
}

function refuseDeep(error: unknown, part: PartLocation): Refused {
  if (isTooDeep(error)) return refuse({ reason: 'too-deep', part })
  throw error
}

/** Coerces a copy, since expressions read the body as sent. */
function coerceCopy(raw: unknown, coerce: Coerce): unknown {
  if (typeof raw !== 'object' || raw === null) return raw
  const fields: Fields = Object.assign(Object.create(null), raw)
  coerce(fields)
  return fields
}

function areSettled(checks: readonly PendingCheck[]): checks is readonly Check[] {
  for (const { result } of checks) if (result instanceof Promise) return false
  return true
}

async function settle(checks: readonly PendingCheck[]): Promise<Check[]> {
  return Promise.all(checks.map(async (check) => ({ ...check, result: await check.result })))
}

function conclude(c: Context, checks: readonly Check[], { type, raw }: Sent): ReadRequest {
  let body: { readonly type: string; readonly value: unknown } | undefined
  for (const { part, result } of checks) {
    if (result.issues) return refuse({ reason: 'invalid', checks })
    const { value } = result
    // Hono's type takes no `undefined`, which its code does
    if (part.target) c.req.addValidatedData(part.target, value as object)
    if (part.location === BODY_PART.location && type !== undefined) body = { type, value }
  }
  return { ok: true, raw, body }
}
