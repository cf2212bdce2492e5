import { console } from '@ringback/console'
import type { Sender } from '@ringback/sender'
import { Hono } from 'hono'

const THIS_MACHINE = ['127.0.0.1', 'localhost', '[::1]']

/**
 * Mounts the console on /console. There is nobody to sign in, so only this machine sees it: the server listens there
 * alone, and the name that was asked for is checked as well, since any site may give its name this address.
 */
export function withConsole(app: Hono, sender: Sender): Hono {
  const pages = console(sender, {
    authorize: (c) => THIS_MACHINE.includes(new URL(c.req.url).hostname) && 'all',
  })
  return new Hono().route('/', app).route('/console', pages)
}
