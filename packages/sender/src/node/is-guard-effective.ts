import { Agent, type request } from 'undici/index.js'
import { compilePolicy } from '../egress/policy.ts'
import { guardedConnect } from './guarded-connect.ts'

/**
 * Tells whether this runtime lets a dispatcher make the connections of a request, and asks its
 * lookup for addresses. Where it does not, the guard would never see a connection.
 *
 * @example
 * await isGuardEffective(request) // true, with the request of undici on Node
 */
export async function isGuardEffective(send: typeof request): Promise<boolean> {
  let wasAsked = false
  const resolve = async () => {
    wasAsked = true
    return []
  }

  const dispatcher = new Agent({ connect: guardedConnect({ rules: compilePolicy({}), resolve }) })
  // a name that never exists, should the runtime resolve it by itself after all
  await send('https://guard.invalid/', { dispatcher }).catch(() => undefined)
  await dispatcher.destroy()

  return wasAsked
}
