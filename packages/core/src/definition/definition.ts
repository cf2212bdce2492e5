import type { Exchange, Template } from '@ringback/expression'
import type { MiddlewareHandler } from 'hono'
import type { EncodingObject, Examples } from './openapi-message-types.ts'
import type { OperationPatch } from './openapi-patch.ts'
import type { ProblemFormat } from './problem.ts'
import type { AnySchema } from './schema.ts'
import type { SecurityRequirement } from './security.ts'

/** The methods of a path item in OpenAPI 3.1, lower-case as the document writes them. */
export type HttpMethod = 'get' | 'put' | 'post' | 'delete' | 'options' | 'head' | 'patch' | 'trace'

/** A part of the request that is one object of named strings. */
export type ParameterPart = 'params' | 'query' | 'headers' | 'cookies'

/** One body that an operation takes. */
export interface ContentDefinition extends ContentOptions {
  readonly schema: AnySchema
}

/** What the document says of a body beside its schema. */
export interface BodyOptions {
  readonly description?: string
  /** Examples of the body, by name. */
  readonly examples?: Examples
}

/** Options of a body of a request. */
export interface ContentOptions extends BodyOptions {
  /** The longest body of this media type that is read, in bytes; by default the API's `bodyLimit`. */
  readonly limit?: number
  /** Of a form: how its fields are sent, as the media types of a file. */
  readonly encoding?: Readonly<Record<string, EncodingObject>>
}

/** What an operation takes: parameters by part, bodies by media type. */
export interface RequestDefinition extends Readonly<Partial<Record<ParameterPart, AnySchema>>> {
  readonly content?: Readonly<Record<string, ContentDefinition>>
}

/** One declared answer. Without schema and content it has no body. */
export interface ResponseDefinition {
  /** 3.2 */
  readonly summary?: string
  readonly description?: string
  /** Examples of its bodies, by media type and name. */
  readonly examples?: Readonly<Record<string, Examples>>
  /** The group that declares it, as messages name it. */
  readonly from?: string
  /** Of its JSON body, where it is another than `application/json`. */
  readonly mediaType?: string
  /** Of its JSON body. */
  readonly schema?: AnySchema
  /** Of a callback: nothing is sent again after it. */
  readonly final?: boolean
  /** Of its headers, by lower-case name. */
  readonly headers?: AnySchema
  /** Other bodies than JSON, by media type. */
  readonly content?: Readonly<Record<string, AnySchema | undefined>>
}

/** Where more is written about something. */
export interface ExternalDocs {
  readonly url: string
  readonly description?: string
}

/** What operations, callbacks and webhooks all say about themselves. */
export interface OperationMetadata {
  readonly summary?: string
  readonly description?: string
  readonly operationId?: string
  readonly tags?: readonly string[]
  readonly deprecated?: boolean
  readonly externalDocs?: ExternalDocs
  /** How callers prove themselves, each of these; of callbacks and webhooks, how we do. */
  readonly security?: readonly SecurityRequirement[]
  /** Fields of OpenAPI that no method writes. */
  readonly extensions?: readonly OperationPatch[]
}

/** A request that we send: what `callback(…)` and `webhook(…)` have in common. */
export interface OutgoingDefinition extends OperationMetadata {
  readonly method: HttpMethod
  readonly body?: AnySchema
  readonly bodyOptions?: BodyOptions | undefined
  readonly responses: Readonly<Record<string, ResponseDefinition>>
}

/** Any request that we send, whatever it declares: what receivers implement. */
export interface AnyOutgoing {
  readonly '~definition': OutgoingDefinition
  readonly '~types'?: { key: string; request: unknown; responses: unknown }
}

/** The frozen data behind `callback(…)`. */
export interface CallbackDefinition extends OutgoingDefinition {
  /** Its URL, with runtime expressions, as it was written. */
  readonly key: string
}

/** The frozen data behind `webhook(…)`. */
export interface WebhookDefinition extends OutgoingDefinition {
  readonly name: string
}

/** A callback of one operation: what its key means there. */
export interface OperationCallback extends CallbackDefinition {
  /** What `callback(…)` made; several operations may have one. */
  readonly origin: CallbackDefinition
  /** The key, checked against what the operation declares, in the specification's form. */
  readonly template: Template
  /** Copies what its URL needs out of an exchange, and fills in the defaults of what is left out there. */
  readonly capture: (exchange: Exchange) => Exchange
  /** What its URL reads of the answer: status or headers, or the body as well; nothing, where it is absent. */
  readonly readsResponse?: 'head' | 'body'
}

/** A link of one operation, checked against it: from one of its answers to another operation. */
export interface OperationLink {
  /** The answer that has it. */
  readonly status: string
  readonly target: OperationDefinition
  readonly parameters: Readonly<Record<string, unknown>>
  readonly requestBody?: unknown
  readonly description?: string
}

/** A callback that a group gives to its operations. */
export interface InheritedCallback {
  readonly attach: (operation: OperationDefinition, name: string) => OperationCallback
  /** Only operations that declare what its key reads have it. */
  readonly whenDeclared: boolean
  /** The group, as messages name it. */
  readonly from: string
}

/** The frozen data behind `route(…)`. */
export interface OperationDefinition extends OperationMetadata {
  readonly method: HttpMethod
  readonly path: string
  readonly request: RequestDefinition
  readonly responses: Readonly<Record<string, ResponseDefinition>>
  readonly callbacks: Readonly<Record<string, OperationCallback>>
  /** From the groups; they become callbacks at `handle`, when all that their keys may read is declared. */
  readonly inherited: Readonly<Record<string, InheritedCallback>>
  /** Makes them that; here, so that only an app with groups carries it. */
  readonly inherit?: (operation: OperationDefinition) => OperationDefinition
  readonly links: Readonly<Record<string, OperationLink>>
  readonly middleware: readonly MiddlewareHandler[]
  /** Served, and left out of the document. */
  readonly hidden?: boolean
  /** How this operation words problems; by default as its API does. */
  readonly problems?: ProblemFormat
}

/** Any callback, whatever it declares. */
export interface AnyCallback {
  readonly '~definition': CallbackDefinition
  /** Makes it a callback of an operation; here, so that only an app with callbacks carries the check. */
  readonly '~attach': (operation: OperationDefinition, name: string) => OperationCallback
  readonly '~types'?: { key: string; request: unknown; responses: unknown }
}

/** A group's callback for those of its operations that declare what its key reads. */
export interface WhenDeclared<TCallback extends AnyCallback = AnyCallback> {
  readonly '~whenDeclared': TCallback
}
