import { Agent } from 'undici/index.js'
import { compilePolicy } from '../egress/policy.ts'
import type { dispatchRequest } from './dispatch-request.ts'
import { guardedConnect } from './guarded-connect.ts'
import { createOrigins } from './origins.ts'

/**
 * Tells whether this runtime lets a dispatcher make the connections of a request, and calls its lookup. Where it does
 * not, the guard never sees a connection.
 *
 * @example
 * await isGuardEffective(sendRequest) // true, with undici on Node
 */
export async function isGuardEffective(send: typeof dispatchRequest): Promise<boolean> {
  let wasAsked = false
  const resolve = async () => {
    wasAsked = true
    return []
  }

  const origins = createOrigins()
  const guard = { rules: compilePolicy({}), resolve }
  const dispatcher = new Agent({ connect: guardedConnect(guard, origins) })
  // a name that never exists, in case the runtime resolves it itself
  const url = new URL('https://guard.invalid/')
  const probe = { method: 'GET', headers: [], body: null, signal: null }
  await send({ dispatcher, origins }, url, probe).catch(() => undefined)
  await dispatcher.destroy()

  return wasAsked
}
