import type { Hono } from 'hono'
import { HonoBase } from 'hono/hono-base'
import { TrieRouter } from 'hono/router/trie-router'

/**
 * Makes the Hono app of an API with one of the two routers that Hono has otherwise: that for all paths. The other one
 * is faster, once it has compiled all paths, which each isolate would do again.
 */
export function createApp(): Hono {
  return new HonoBase({ router: new TrieRouter() })
}
