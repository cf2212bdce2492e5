/** The access of those who see a page. */
export type Access = 'all' | 'read'

/** Stands for what only `all` may see. */
export const REDACTED = '••••••'

/** Gives a URL as its reader may see it: paths and queries of callback URLs carry tokens. */
export function redactUrl(url: string, access: Access): string {
  if (access === 'all') return url
  const origin = URL.canParse(url) ? new URL(url).origin : ''
  return `${origin}/${REDACTED}`
}
