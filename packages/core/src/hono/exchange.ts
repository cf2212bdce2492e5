import type { Exchange } from '@ringback/expression'
import type { Context } from 'hono'
import { type SecurityKey, withoutSecurityKeys } from '../checks/security-keys.ts'
import { mountOf } from './mount.ts'

export interface ExchangeOptions {
  readonly body: unknown
  readonly publicUrl: string | undefined
  readonly securityKeys: readonly SecurityKey[]
}

/** The exchange of a request, without a response; its URL has the public address and no security keys. */
export function exchangeOf(
  c: Context,
  { body, publicUrl, securityKeys }: ExchangeOptions,
): Exchange {
  const url = publicUrl === undefined ? c.req.url : publicUrlOf(c, publicUrl)
  return {
    request: {
      method: c.req.method,
      url: withoutSecurityKeys(url, securityKeys),
      pathParams: c.req.param(),
      headers: c.req.header(),
      ...(body !== undefined && { body }),
    },
  }
}

/** The public address of the mount, followed by the request's path below the mount and its query. */
function publicUrlOf(c: Context, publicUrl: string): string {
  const { pathname, search } = new URL(c.req.url)
  // the segments are counted, since Hono's path is decoded and that of the URL is not
  const depth = mountOf(c).split('/').length
  const below = pathname.split('/').slice(depth)
  return `${publicUrl.replace(/\/+$/, '')}/${below.join('/')}${search}`
}
