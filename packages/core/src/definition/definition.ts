import type { Exchange, Template } from '@ringback/expression'
import type { MiddlewareHandler } from 'hono'
import type { EncodingObject, Examples } from './openapi-message-types.ts'
import type { OperationPatch } from './openapi-patch.ts'
import type { ParameterPart } from './parts.ts'
import type { ProblemFormat } from './problem.ts'
import type { AnySchema } from './schema.ts'
import type { SecurityRequirement } from './security.ts'
import type { SentValue, Undeclared } from './sent-value.ts'

/** The methods of an OpenAPI 3.1 path item, in lower case as in the document. */
export type HttpMethod = 'get' | 'put' | 'post' | 'delete' | 'options' | 'head' | 'patch' | 'trace'

/** One request body of an operation. */
export interface ContentDefinition extends ContentOptions {
  readonly schema: AnySchema
}

/** The fields of a body in the document, apart from its schema. */
export interface BodyOptions {
  readonly description?: string
  /** Examples of the body, by name. */
  readonly examples?: Examples
}

/** Options of a request body. */
export interface ContentOptions extends BodyOptions {
  /** The maximum size of a body of this media type, in bytes; by default the API's `bodyLimit`. */
  readonly limit?: number
  /** The encoding of a form's fields, such as the media types of a file. */
  readonly encoding?: Readonly<Record<string, EncodingObject>>
}

/** The parameters of an operation by part, and its bodies by media type. */
export interface RequestDefinition extends Readonly<Partial<Record<ParameterPart, AnySchema>>> {
  readonly content?: Readonly<Record<string, ContentDefinition>>
}

/** One declared response. Without schema and content it has no body. */
export interface ResponseDefinition {
  /** OpenAPI 3.2. */
  readonly summary?: string
  readonly description?: string
  /** Examples of its bodies, by media type and name. */
  readonly examples?: Readonly<Record<string, Examples>>
  /** The name in messages of the group that declares it. */
  readonly from?: string
  /** The media type of the JSON body, if it is not `application/json`. */
  readonly mediaType?: string
  /** The schema of the JSON body. */
  readonly schema?: AnySchema
  /** A callback is not sent again after this response. */
  readonly final?: boolean
  /** The schema of the headers, as one object. */
  readonly headers?: AnySchema
  /** The schemas of bodies other than JSON, by media type. */
  readonly content?: Readonly<Record<string, AnySchema | undefined>>
}

/** @see https://spec.openapis.org/oas/v3.1.1.html#external-documentation-object */
export interface ExternalDocs {
  readonly url: string
  readonly description?: string
}

/** The metadata that operations, callbacks and webhooks share. */
export interface OperationMetadata {
  readonly summary?: string
  readonly description?: string
  readonly operationId?: string
  readonly tags?: readonly string[]
  readonly deprecated?: boolean
  readonly externalDocs?: ExternalDocs
  /** The security requirements, all of which apply: of the caller, or in callbacks and webhooks of the API. */
  readonly security?: readonly SecurityRequirement[]
  /** OpenAPI fields that no method writes. */
  readonly extensions?: readonly OperationPatch[]
}

/** A request that the API sends: the common data of `callback(…)` and `webhook(…)`. */
export interface OutgoingDefinition extends OperationMetadata {
  readonly method: HttpMethod
  readonly body?: AnySchema
  /** The media type of the body, if it is not `application/json`. */
  readonly mediaType?: string
  /** The schema of its own header fields, as one object. */
  readonly headers?: AnySchema
  /** The schema of the query that is added to the URL, as one object. */
  readonly query?: AnySchema
  /** Tells for headers and query whether their schema takes a field of this name. */
  readonly takes?: Readonly<Partial<Record<OutgoingPart, (name: string) => boolean>>>
  readonly bodyOptions?: BodyOptions | undefined
  readonly responses: Readonly<Record<string, ResponseDefinition>>
  readonly delivery?: DeliveryOptions
}

/** A part of a callback or webhook that holds named fields. */
export type OutgoingPart = 'headers' | 'query'

/** How the deliveries of one callback or webhook are sent, in place of the sender's options. Times are milliseconds. */
export interface DeliveryOptions {
  /** The delay before each attempt; after the last one the delivery is dead. */
  readonly schedule?: readonly number[]
  /** The longest duration of one attempt: connect, headers and body together. */
  readonly deadline?: number
  /** The least delay after 429, 502, 504 or no response in time; 0 where a schedule is given. */
  readonly overloadWait?: number
}

/** Any callback or webhook: a request that receivers implement. */
export interface AnyOutgoing {
  readonly '~definition': OutgoingDefinition
  readonly '~types'?: { key: string; request: unknown; responses: unknown }
}

/** The frozen data behind `callback(…)`. */
export interface CallbackDefinition extends OutgoingDefinition {
  /** The URL with runtime expressions, as written. */
  readonly key: string
}

/** The frozen data behind `webhook(…)`. */
export interface WebhookDefinition extends OutgoingDefinition {
  readonly name: string
  /** Gives the value that leaves for a payload; absent without a body. */
  readonly sentPayload?: (payload: unknown, undeclared: Undeclared) => Promise<SentValue>
}

/** A callback of one operation, with its key checked against that operation. */
export interface OperationCallback extends CallbackDefinition {
  /** The definition from `callback(…)`, which several operations can share. */
  readonly origin: CallbackDefinition
  /** The checked key, in the form of the specification. */
  readonly template: Template
  /** Copies the parts of an exchange that the URL reads, with defaults for missing values. */
  readonly capture: (exchange: Exchange) => Exchange
  /** Gives the value that leaves for a payload; absent without a body. */
  readonly sentPayload?: (payload: unknown, undeclared: Undeclared) => Promise<SentValue>
  /** The parts of the response that the URL reads: `head` is status or headers, `body` includes the body. */
  readonly readsResponse?: 'head' | 'body'
}

/** A checked link, from a response of one operation to another operation. */
export interface OperationLink {
  /** The response that has the link. */
  readonly status: string
  readonly target: OperationDefinition
  readonly parameters: Readonly<Record<string, unknown>>
  readonly requestBody?: unknown
  readonly description?: string
}

/** A callback that operations inherit from their group. */
export interface InheritedCallback {
  readonly attach: (operation: OperationDefinition, name: string) => OperationCallback
  /** Only operations that declare the values in its key inherit it. */
  readonly whenDeclared: boolean
  /** The name of the group in messages. */
  readonly from: string
}

/** The frozen data behind `route(…)`. */
export interface OperationDefinition extends OperationMetadata {
  readonly method: HttpMethod
  readonly path: string
  readonly request: RequestDefinition
  readonly responses: Readonly<Record<string, ResponseDefinition>>
  readonly callbacks: Readonly<Record<string, OperationCallback>>
  /** Callbacks of the groups; added at `handle`, when the declarations that their keys can read are complete. */
  readonly inherited: Readonly<Record<string, InheritedCallback>>
  /** Adds the inherited callbacks; a member, so that only apps with groups bundle it. */
  readonly inherit?: (operation: OperationDefinition) => OperationDefinition
  readonly links: Readonly<Record<string, OperationLink>>
  readonly middleware: readonly MiddlewareHandler[]
  /** Served, but not in the document. */
  readonly hidden?: boolean
  /** The problem format of this operation; by default that of the API. */
  readonly problems?: ProblemFormat
}

/** Any callback. */
export interface AnyCallback {
  readonly '~definition': CallbackDefinition
  /** Checks the callback for an operation; a member, so that only apps with callbacks bundle the check. */
  readonly '~attach': (operation: OperationDefinition, name: string) => OperationCallback
  readonly '~types'?: { key: string; request: unknown; responses: unknown }
}

/** A group's callback that only operations which declare the values in its key inherit. */
export interface WhenDeclared<TCallback extends AnyCallback = AnyCallback> {
  readonly '~whenDeclared': TCallback
  /** Adds it to an operation that declares the values in its key, and throws otherwise. */
  readonly '~attach': AnyCallback['~attach']
}
