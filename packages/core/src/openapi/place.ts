import type { ProblemFormat } from '../definition/problem.ts'
import type { Side } from '../schemas/conversion.ts'
import type { Components } from './components.ts'
import type { Reusable } from './reusable.ts'
import type { Shared } from './shared.ts'
import type { OpenApiVersion } from './version.ts'

/** The document that is being written. */
export interface DocumentContext {
  readonly components: Components
  readonly reusable: Reusable
  /** Looks up a reference that `reusable` returned. */
  readonly resolve: (reference: string) => object | undefined
  readonly shared: Shared
  readonly version: OpenApiVersion
  /** Whether callbacks and webhooks are signed. */
  readonly signed: boolean
  readonly problems: ProblemFormat | undefined
}

/** An operation, callback or webhook in a document. */
export interface Place {
  /** Its name in messages. */
  readonly place: string
  readonly document: DocumentContext
  /** The side of the schemas of its responses: `output` where the API sends them, `input` where it receives them. */
  readonly side: Side
}
