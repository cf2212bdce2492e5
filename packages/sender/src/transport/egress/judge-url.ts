import { parseAddress } from './address.ts'
import { hostOf } from './host-name.ts'
import { isUsualPort } from './is-usual-port.ts'
import { judgeAddress } from './judge-address.ts'
import { isLoopback } from './loopback.ts'
import { type CompiledPolicy, isPermitted, isRange, isUnlisted } from './policy.ts'
import { specialUseOfName } from './special-use-of-name.ts'
import { ALLOWED, type EgressRefusal, type EgressVerdict, refuse, UNLISTED } from './verdict.ts'

// the URL parser drops or rewrites these, so another parser may read another URL
const UNSAFE = /[\s\p{Cc}\p{Z}\p{Cs}\\]/u
const SCHEME = /^([a-z][a-z\d+.-]*):/i
const AUTHORITY = /^[a-z]+:\/\/[^/?#]/i
const HTTP = refuse('scheme', 'the scheme is http, which the policy does not allow')
const MOST_JUDGED = 1000
// a longer one is rare, and a thousand of them would fill the memory
const LONGEST_KEPT = 500

/** What one policy has judged. */
interface Judged {
  /** Parsed URLs that are allowed, by their texts. */
  readonly urls: Map<string, URL>
  /** By origin; `undefined` for one that is allowed. */
  readonly origins: Map<string, EgressRefusal | undefined>
}

const judgedBy = new WeakMap<CompiledPolicy, Judged>()
const USERINFO = /^[a-z]+:\/\/[^/?#]*@/i

/** Judges as `checkUrl` does; gives the parsed URL, which nobody may change, when it is allowed. */
export function judgeUrl(text: string, rules: CompiledPolicy): URL | EgressRefusal {
  const judged = judgedBy.get(rules) ?? { urls: new Map(), origins: new Map() }
  judgedBy.set(rules, judged)
  // each delivery is judged as it is stored and as it is sent, and most go where others went
  const known = judged.urls.get(text)
  if (known) return known
  const refusal = judgeText(text, rules)
  if (refusal) return refusal
  let url: URL
  try {
    url = new URL(text)
  } catch {
    return refuse('syntax', 'the URL cannot be parsed')
  }
  const refused = judgeOrigin(url, rules, judged)
  if (refused) return refused
  if (text.length <= LONGEST_KEPT) keep(judged.urls, text, url)
  return url
}

/** Judges the target of a URL, once for each origin. */
function judgeOrigin(
  url: URL,
  rules: CompiledPolicy,
  { origins }: Judged,
): EgressRefusal | undefined {
  const { origin } = url
  const known = origins.get(origin)
  if (known !== undefined || origins.has(origin)) return known
  const refusal = judgeTarget(url, rules)
  keep(origins, origin, refusal)
  return refusal
}

function keep<TValue>(known: Map<string, TValue>, key: string, value: TValue): void {
  // a stranger's URLs, each another one, must not fill the memory
  if (known.size >= MOST_JUDGED) known.clear()
  known.set(key, value)
}

function judgeText(url: string, rules: CompiledPolicy): EgressRefusal | undefined {
  if (UNSAFE.test(url)) {
    return refuse(
      'syntax',
      'the URL contains a backslash, white space, a control character or an unpaired surrogate',
    )
  }

  const scheme = SCHEME.exec(url)?.[1]?.toLowerCase()
  if (scheme === undefined) return refuse('syntax', 'the URL is not absolute')
  if (scheme === 'http' && !rules.allowHttp && !rules.allowLoopback) return HTTP
  if (scheme !== 'https' && scheme !== 'http') return refuse('scheme', 'the scheme is not https')

  if (!AUTHORITY.test(url)) return refuse('syntax', `no host follows "${scheme}://"`)
  if (USERINFO.test(url)) return refuse('userinfo', 'the URL contains a user name or password')
  if (url.includes('#')) return refuse('fragment', 'the URL contains a fragment')
  return undefined
}

/** Judges a parsed URL: its scheme, port and host. */
export function judgeTarget(url: URL, rules: CompiledPolicy): EgressRefusal | undefined {
  const standardPort = url.protocol === 'https:' ? 443 : 80
  const port = url.port === '' ? standardPort : Number(url.port)
  const host = hostOf(url)
  const address = parseAddress(host)

  // to the URL parser '2130706433..' is a name, to a resolver it may be an address
  if (url.hostname.includes('..')) return refuse('host', 'the host name has an empty label')
  if (rules.allowLoopback && isLoopback(host)) return undefined
  if (url.protocol === 'http:' && !rules.allowHttp) return HTTP
  if (isPermitted(rules, address ?? host, port)) return undefined
  if (!isUsualPort(port, rules.allowHttp)) return refuse('port', `port ${port} is not allowed`)
  if (address) {
    const verdict = judgeAddress(host, rules, port)
    return verdict.ok ? undefined : verdict
  }

  const use = specialUseOfName(host)
  if (use !== undefined) return refuse('host', `the host name is ${use}`)
  // a resolver completes it by its search list, with a name of this network
  if (!host.includes('.')) return refuse('host', 'the host name is a single label')
  // the name may resolve to an address in a range
  if (rules.only?.some(isRange)) return undefined
  const verdict = judgeName(host, rules, port)
  return verdict.ok ? undefined : verdict
}

/** Judges a host name by the list of the policy's only targets. */
export function judgeName(name: string, rules: CompiledPolicy, port: number): EgressVerdict {
  const isLeftOut = isUnlisted(rules, name, port) && !isPermitted(rules, name, port)
  return isLeftOut ? refuse('host', `the host name ${UNLISTED}`) : ALLOWED
}
