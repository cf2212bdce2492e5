import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { type Child, jsx as h } from 'hono/jsx'
import type { ConsoleContext, ConsoleEnv } from '../access.ts'
import { showPage } from './layout.ts'

/** A page that has only a sentence. */
export function showMessage(title: string, text: string): Child {
  return h('section', { class: 'notice' }, h('h1', null, title), h('p', null, text))
}

/** Responds that a page does not exist. */
export function noPage(c: ConsoleContext): Promise<Response> {
  return showMissing(c, 'There is no such page here.')
}

/** Responds that something does not exist. */
export function showMissing(c: ConsoleContext, text: string): Promise<Response> {
  return showPage(c, { title: 'Not found', status: 404 }, showMessage('Not found', text))
}

/** Responds to an error that no page has expected: the store does not respond, mostly. */
export function showFailure(error: Error, c: Context<ConsoleEnv>): Response | Promise<Response> {
  if (error instanceof HTTPException) return error.getResponse()
  globalThis.console.error(error)
  // the error may be that of authorize
  if (c.get('access') === undefined) return c.text('the console could not tell who asks\n', 500)
  const text =
    'The store has not responded as it should, or the sender refuses this. The error is in the log of this process. What is stored is not lost.'
  return showPage(
    c,
    { title: 'Not available', status: 503 },
    showMessage('This page is not available now', text),
  )
}
