import type { Context, MiddlewareHandler } from 'hono'
import type { ConsoleOptions, ConsoleSender, ConsoleSenderOf } from './options.ts'
import { showPage } from './pages/layout.ts'
import { showMessage } from './pages/message.ts'

/** What every page knows of its request. */
export interface ConsoleEnv {
  readonly Variables: {
    readonly access: 'all' | 'read'
    readonly sender: ConsoleSender
    /** What browsers may keep. */
    readonly isAsset?: true
  }
}

/** A request for a page. */
export type ConsoleContext = Context<ConsoleEnv>

/** Makes the middleware that lets nobody in whom `authorize` does not know. */
export function letIn(
  sender: ConsoleSenderOf,
  { authorize }: ConsoleOptions,
): MiddlewareHandler<ConsoleEnv> {
  return async (c, next) => {
    const access: unknown = await authorize(c)
    // of JavaScript, true or undefined is no access
    if (access !== 'all' && access !== 'read') return c.text('this console is not for you\n', 403)
    c.set('access', access)
    c.set('sender', typeof sender === 'function' ? sender(c) : sender)
    await next()
  }
}

/** Lets those act, and see what an action shows, who may do everything. */
export const forAll: MiddlewareHandler<ConsoleEnv> = async (c, next) => {
  if (c.get('access') === 'all') return next()
  const text = 'Your access only reads: it shows how it goes, and changes nothing.'
  return showPage(c, { title: 'Not allowed', status: 403 }, showMessage('Not allowed', text))
}
