/** An issue of any schema library, with the members by which each says what it expected. */
interface Issue {
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
  /** valibot, ArkType, and zod for a type. */
  readonly expected?: unknown
  /** valibot. */
  readonly kind?: unknown
  readonly type?: unknown
  readonly received?: unknown
  /** zod. */
  readonly code?: unknown
  readonly format?: unknown
  readonly minimum?: unknown
  readonly maximum?: unknown
  readonly divisor?: unknown
  readonly values?: unknown
}

const MOST = 10

/**
 * Says where a value is invalid, and what was expected there. Never the issue's message, which may quote the value.
 *
 * @example
 * describeIssues([{ path: ['n'], expected: 'number' }]) // '/n: expected number'
 */
export function describeIssues(issues: readonly object[]): string {
  const shown = issues.slice(0, MOST).map(describeIssue)
  if (issues.length > MOST) shown.push(`and ${issues.length - MOST} more`)
  return shown.join('; ')
}

function describeIssue(issue: Issue): string {
  const keys = (issue.path ?? []).map((item) => (typeof item === 'object' ? item.key : item))
  const pointer = keys.map((key) => `/${escapeKey(String(key))}`).join('')
  return `${pointer === '' ? 'the whole' : pointer}: ${expectationOf(issue)}`
}

/** @see https://www.rfc-editor.org/rfc/rfc6901.html#section-3 */
function escapeKey(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1')
}

function expectationOf(issue: Issue): string {
  const { expected, kind, type, received, code, format, minimum, maximum, divisor, values } = issue
  if (typeof type === 'string' && kind !== undefined) {
    if (kind === 'schema' && received === 'undefined') return 'is missing'
    // of valibot's checks, such as min_length and its ">=3"
    if (kind === 'validation')
      return `expected ${[type.replaceAll('_', ' '), expected].join(' ').trim()}`
  }
  if (typeof expected === 'string') return `expected ${expected}`
  switch (code) {
    case 'invalid_format':
      return `expected ${format}`
    case 'too_small':
      return `expected at least ${minimum}`
    case 'too_big':
      return `expected at most ${maximum}`
    case 'not_multiple_of':
      return `expected a multiple of ${divisor}`
    case 'invalid_value':
      return `expected one of ${JSON.stringify(values)}`
    case 'unrecognized_keys':
      return 'expected no members besides those of the schema'
    case 'invalid_union':
      return 'expected one of the alternatives of the schema'
    default:
      return 'does not pass a check of the schema'
  }
}
