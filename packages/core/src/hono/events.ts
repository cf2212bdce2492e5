import type { Context } from 'hono'
import type { OperationDefinition } from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'
import { EVENT_STREAM, writtenTypeOf } from '../definition/media-type.ts'
import { placeOf } from '../definition/path.ts'
import type { AnySchema } from '../definition/schema.ts'
import type { Runtime } from './runtime.ts'

/** The operation that declares the server-sent events of a request. */
export interface DeclaredEvents {
  readonly definition: OperationDefinition
  readonly runtime: Runtime
}

const declared = new WeakMap<Context, DeclaredEvents>()

/** Stores the operation of a request for `streamEvents`. */
export function declareEvents(c: Context, definition: OperationDefinition, runtime: Runtime): void {
  declared.set(c, { definition, runtime })
}

/**
 * The declared schema of an event's data.
 *
 * @throws {CoreError} with `response` if the operation declares no events for the status
 */
export function eventSchemaOf(
  c: Context,
  status: number,
): { readonly schema: AnySchema | undefined; readonly runtime: Runtime } {
  const events = declared.get(c)
  const content = events?.definition.responses[status]?.content ?? {}
  const written = writtenTypeOf(EVENT_STREAM, content)
  if (events === undefined || written === undefined) {
    throw new CoreError(
      'response',
      `${events ? placeOf(events.definition) : 'the operation'} declares no events for ${status}; add .responseAs(${status}, '${EVENT_STREAM}', …)`,
    )
  }
  return { schema: content[written], runtime: events.runtime }
}
