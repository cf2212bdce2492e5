import type { Hono } from 'hono'
import type { ConsoleEnv } from '../access.ts'
import { ICON } from './icon.ts'
import { SCRIPT } from './script.ts'
import { STYLE } from './style.ts'

const ASSETS = [
  ['/style.css', STYLE, 'text/css; charset=utf-8'],
  ['/script.js', SCRIPT, 'text/javascript; charset=utf-8'],
  ['/icon.svg', ICON, 'image/svg+xml'],
] as const

/** Serves the console's style, script and icon: all that its pages load. */
export function serveAssets(app: Hono<ConsoleEnv>): void {
  for (const [path, text, type] of ASSETS) {
    app.get(path, (c) => {
      c.set('isAsset', true)
      return c.body(text, 200, { 'content-type': type })
    })
  }
}
