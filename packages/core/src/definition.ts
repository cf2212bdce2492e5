import type { Exchange, Template } from '@ringback/expression'
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
  /** Its URL, with runtime expressions, as it was written. */
  readonly key: string
  readonly body?: AnySchema
  readonly responses: Readonly<Record<string, ResponseDefinition>>
}

/** A callback of one operation: what its key means there. */
export interface OperationCallback extends CallbackDefinition {
  /** The key, checked against what the operation declares, in the specification's form. */
  readonly template: Template
  /** Copies what its URL needs out of an exchange, and fills in the defaults of what is left out there. */
  readonly capture: (exchange: Exchange) => Exchange
}

/** The frozen data behind `route(…)`. */
export interface OperationDefinition extends Description {
  readonly method: Method
  readonly path: string
  readonly request: RequestSchemas
  readonly responses: Readonly<Record<string, ResponseDefinition>>
  readonly callbacks: Readonly<Record<string, OperationCallback>>
}
