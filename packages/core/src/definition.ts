import type { Reads, Template } from '@ringback/expression'
import type { AnySchema } from './schema.ts'

/** The methods of a path item in OpenAPI 3.1, lower-case as the document writes them. */
export type Method = 'get' | 'put' | 'post' | 'delete' | 'options' | 'head' | 'patch' | 'trace'

/** A part of the request that has a schema of its own. */
export type RequestPart = 'params' | 'query' | 'headers' | 'body'

/** The schemas of a request, by part. */
export type RequestSchemas = { readonly [TPart in RequestPart]?: AnySchema }

/** One declared answer. Without a schema it has no body. */
export interface ResponseDefinition {
  readonly schema?: AnySchema
  readonly description?: string
}

/** What an operation and a callback both say about themselves. */
export interface Description {
  readonly summary?: string
  readonly description?: string
  readonly operationId?: string
  readonly tags?: readonly string[]
}

/** The frozen data behind `callback(…)`. */
export interface CallbackDefinition extends Description {
  readonly method: Method
  readonly template: Template
  /** The parts of an exchange that its URL needs. */
  readonly reads: Reads
  readonly body?: AnySchema
  readonly responses: Readonly<Record<string, ResponseDefinition>>
}

/** The frozen data behind `route(…)`. */
export interface OperationDefinition extends Description {
  readonly method: Method
  readonly path: string
  readonly request: RequestSchemas
  readonly responses: Readonly<Record<string, ResponseDefinition>>
  readonly callbacks: Readonly<Record<string, CallbackDefinition>>
}
