import type { Context } from 'hono'
import type { OperationDefinition } from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'
import { EVENT_STREAM } from '../definition/media-type.ts'
import type { AnySchema } from '../definition/schema.ts'

/** What an operation says of its server-sent events: the schema of their data, by status. */
export interface DeclaredEvents {
  readonly definition: OperationDefinition
  readonly isChecked: boolean
}

const declared = new WeakMap<Context, DeclaredEvents>()

/** Notes, for `streamEvents`, what the operation of a request declares. */
export function declareEvents(
  c: Context,
  definition: OperationDefinition,
  isChecked: boolean,
): void {
  declared.set(c, { definition, isChecked })
}

/** What the operation of a request declares of its events. */
export function eventSchemaOf(
  c: Context,
  status: number,
): { readonly schema: AnySchema | undefined; readonly isChecked: boolean } {
  const events = declared.get(c)
  const content = events?.definition.responses[status]?.content ?? {}
  if (events === undefined || !Object.hasOwn(content, EVENT_STREAM)) {
    throw new CoreError(
      'response',
      `the operation declares no events: add .responseAs(${status}, '${EVENT_STREAM}', …)`,
    )
  }
  return { schema: content[EVENT_STREAM], isChecked: events.isChecked }
}
