import type { ExpressionErrorCode } from './errors.ts'
import type { Refuse } from './failure.ts'
import { plainUrlPattern } from './plain-url.ts'

/** The length of the longest URL, and of the longest value in one. */
export const MAX_URL_LENGTH = 8192

const PLAIN = /* @__PURE__ */ new RegExp(`^${/* @__PURE__ */ plainUrlPattern(':', '/')}/?$`)
/** Texts that the URL parser would accept, or repair silently, and the codes that refuse them. */
const REFUSED: readonly (readonly [ExpressionErrorCode, RegExp])[] = [
  ['empty', /^$/],
  // white space, control characters, lone surrogates and backslashes
  ['unsafe-char', /[\s\p{Cc}\p{Cs}\\]/u],
  ['unsafe-scheme', /^(?!https?:)[^:/?#]+:/i],
  // it would find a host in 'https:host' and 'https:///host', and drop an empty user name
  ['invalid-url', /^https?:(?!\/\/[^/?#])/i],
  ['userinfo', /^https?:\/\/[^/?#]*@/i],
]

/**
 * Checks a whole URL, and writes it as the WHATWG parser serialises it, without its fragment.
 *
 * @example
 * const refuse = (code: string) => ({ code })
 * normalizeUrl('https://Hooks.Example.com/a/../b#top', refuse) // 'https://hooks.example.com/b'
 * normalizeUrl('/cb', refuse) // { code: 'not-absolute' }
 * normalizeUrl('/cb', refuse, 'https://client.example/') // 'https://client.example/cb'
 *
 * @see https://url.spec.whatwg.org/#url-serializing
 */
export function normalizeUrl<TRefusal>(
  value: string,
  refuse: Refuse<TRefusal>,
  base?: string,
): string | TRefusal {
  if (value.length > MAX_URL_LENGTH) return refuse('too-long')
  if (PLAIN.test(value)) return value
  for (const [code, pattern] of REFUSED) if (pattern.test(value)) return refuse(code)
  // '//host' would leave the host of the base
  if (base === undefined ? !/^https?:/i.test(value) : value.startsWith('//'))
    return refuse('not-absolute')

  try {
    const { href } = new URL(value.replace(/#.*/s, ''), base)
    // the serialised URL may be too long, or have the base's scheme and user name
    return href === value ? value : normalizeUrl(href, refuse)
  } catch {
    return refuse('invalid-url')
  }
}
