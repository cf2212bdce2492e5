import { segmentsOf } from './segments.ts'

/**
 * Compares two paths for sorting: the more specific one comes first, segment by segment from the left. A literal comes
 * before a parameter with a pattern, that before one without, and a wildcard comes last.
 *
 * @see https://spec.openapis.org/oas/v3.1.1.html#path-templating-matching
 */
export function compareSpecificity(path: string, other: string): number {
  const others = segmentsOf(other.replace(/\/+$/, '')).map(rankOf)
  const ranks = segmentsOf(path.replace(/\/+$/, '')).map(rankOf)
  for (let at = 0; at < Math.max(ranks.length, others.length); at += 1) {
    const difference = (ranks[at] ?? NONE) - (others[at] ?? NONE)
    if (difference !== 0) return difference
  }
  return 0
}

// a path that ends is more specific than one with a wildcard or an optional parameter
const NONE = -1

function rankOf(segment: string): number {
  if (segment === '*') return 4
  if (!segment.startsWith(':')) return 0
  if (segment.endsWith('?')) return 3
  return segment.includes('{') ? 1 : 2
}
