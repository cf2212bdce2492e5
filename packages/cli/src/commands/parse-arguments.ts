import { InvalidArgumentError } from 'commander'

/** Reads Unix seconds, or a date, as Unix seconds. */
export function parseSeconds(text: string): number {
  const seconds = /^\d{1,15}$/.test(text) ? Number(text) : Date.parse(text) / 1000
  if (Number.isFinite(seconds)) return Math.floor(seconds)
  throw new InvalidArgumentError('Give seconds, or a date such as 2026-01-31T12:00:00Z.')
}

/** Reads a port. */
export function parsePort(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port <= 65_535) return port
  throw new InvalidArgumentError('Give a number from 0 to 65535; 0 takes a free port.')
}

/** Reads a whole number above 0. */
export function parseCount(text: string): number {
  const count = Number(text)
  if (/^\d{1,9}$/.test(text) && count > 0) return count
  throw new InvalidArgumentError('Give a whole number above 0.')
}

/** Reads a URL of http or https. */
export function parseUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/.test(url.protocol)) return url
  throw new InvalidArgumentError('Give a URL such as http://localhost:9000/events.')
}
