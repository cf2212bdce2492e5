import type { Sender } from '@ringback/sender'
import type { Context } from 'hono'

/**
 * The access of a request: `all` sees payloads and secrets that are rotated, and acts; `read` sees how it goes, and
 * nothing that was sent; `false` sees nothing (403).
 */
export type ConsoleAccess = 'all' | 'read' | false

/** Options of `console`. */
export interface ConsoleOptions {
  /** Tells what a request may see and do; it runs before anything else of the request is read. */
  readonly authorize: (c: Context) => ConsoleAccess | Promise<ConsoleAccess>
}

/** The members of a sender that the console calls. */
export type ConsoleSender = Pick<
  Sender,
  'stats' | 'health' | 'deliveries' | 'inspect' | 'redrive' | 'cancel' | 'endpoints'
>

/** A sender, or a function of the request that gives it, as `createApi` takes them. */
export type ConsoleSenderOf = ConsoleSender | ((c: Context) => ConsoleSender)
