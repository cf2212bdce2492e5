import type { Context } from 'hono'
import type { ResponseDefinition } from '../definition/definition.ts'
import type { AnySchema } from '../definition/schema.ts'
import type { Runtime } from './runtime.ts'

/** A response that a method of the context made, with the value that it sends. */
export interface MadeBody {
  readonly response: Response
  readonly value: unknown
  /** The media type, if it is known without the response's headers. */
  readonly type: string | undefined
  /** The declaration that the value was made for, if it is known without the response's status and headers. */
  readonly declared?: DeclaredBody | undefined
}

/** The declaration of a body: that of its status, and the schema of its media type. */
export interface DeclaredBody {
  readonly status: number
  readonly response: ResponseDefinition
  readonly schema: AnySchema | undefined
}

/** Prepares the methods of a context for the responses of its operation; they add those that they make to a list. */
export type PrepareContext = (c: Context, made: MadeBody[], runtime: Runtime) => void
