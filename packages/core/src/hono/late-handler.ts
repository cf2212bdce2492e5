import type { Context } from 'hono'
import { loadHandler } from '#late'
import type { AnyOperation } from '../definition/operation.ts'
import type { Runtime } from './runtime.ts'

/**
 * Makes the Hono handler of an operation. The code that reads requests and checks responses is loaded by the first
 * request: an app with many operations starts without it.
 */
export function lateHandler(
  operation: AnyOperation,
  given?: Runtime,
): (c: Context) => Response | Promise<Response> {
  let handle: ReturnType<typeof lateHandler> | undefined
  return (c) => {
    if (handle) return handle(c)
    return loadHandler().then(({ honoHandler }) => {
      handle ??= honoHandler(operation, given)
      return handle(c)
    })
  }
}
