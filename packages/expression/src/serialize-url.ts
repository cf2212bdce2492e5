import type { Refusal } from './failure.ts'

/** No URL is longer, and no value in one. */
export const MAX_LENGTH = 8192

/**
 * Writes a URL as the WHATWG parser serialises it, without its fragment, if it is safe to request.
 *
 * @example
 * serializeUrl('HTTPS://Hooks.Example.com/a/../b#top') // 'https://hooks.example.com/b'
 *
 * @see https://url.spec.whatwg.org/#url-serializing
 */
export function serializeUrl(text: string, base?: string): string | Refusal {
  try {
    const url = new URL(text, base)
    if (!/^https?:$/.test(url.protocol)) return { code: 'unsafe-scheme' }
    if (url.username + url.password !== '') return { code: 'userinfo' }

    url.hash = ''
    return url.href.length > MAX_LENGTH ? { code: 'too-long' } : url.href
  } catch {
    return { code: 'invalid-url' }
  }
}
