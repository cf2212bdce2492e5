import type { Context } from 'hono'
import type { DeliveryTerms } from '../definition/delivery.ts'
import type { OpenApiDocument } from '../definition/openapi-types.ts'

/** A page that shows the document of an API. `reference(path)` of `@ringback/reference` makes one. */
export interface ReferencePage {
  readonly '~routes': readonly PageRoute[]
}

/** One path of a page, relative to where the app is mounted. It responds to GET. */
export interface PageRoute {
  readonly path: string
  /** The name of the route in messages, such as `the reference page`. */
  readonly name: string
  /** Loads the code of the route; called by its first request. */
  load(api: DocumentedApi): Promise<Respond>
}

/** Responds to a request. */
export type Respond = (c: Context) => Promise<Response>

/** The API that a page shows. */
export interface DocumentedApi {
  readonly title: string
  /** The path of the document, relative to where the app is mounted. */
  readonly documentPath: string
  /** The relative URL from a request's URL to where the app is mounted, with a slash at its end. */
  relativeMount(c: Context): string
  /** How often and how long its callbacks and webhooks are tried, where the sender is known before a request. */
  readonly terms: DeliveryTerms | undefined
  /**
   * The terms that a callback has in place of the sender's, by the operationId and its name there; the operationId of a
   * webhook is empty.
   */
  ownTermsOf(operationId: string, name: string): Partial<DeliveryTerms> | undefined
  /**
   * Serves a changed copy of the document; `url` is where the document itself is served. The copy is made again when
   * it is older than `lifetime`, in milliseconds.
   */
  serveCopy(
    change: (document: OpenApiDocument, url: string) => Promise<OpenApiDocument>,
    lifetime?: number,
  ): Promise<Respond>
}
