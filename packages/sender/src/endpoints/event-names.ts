import { SenderError } from '../errors.ts'

const LONGEST = 255
const MOST = 200
const CONTROL = /\p{Cc}/u

/**
 * Tells whether an endpoint with these patterns listens to an event.
 *
 * @example
 * matchesEvent(['invoice.*'], 'invoice.paid') // true
 * matchesEvent(['invoice.*'], 'invoice') // false
 */
export function matchesEvent(patterns: readonly string[], event: string): boolean {
  const fitting = patternsFor(event)
  return patterns.some((pattern) => fitting.includes(pattern))
}

/**
 * Gives every pattern that matches an event, so that a database finds the listeners by equality.
 *
 * @example
 * patternsFor('invoice.paid.late') // ['*', 'invoice.*', 'invoice.paid.*', 'invoice.paid.late']
 */
export function patternsFor(event: string): readonly string[] {
  const parts = event.split('.')
  const groups = parts.slice(1).map((_, index) => `${parts.slice(0, index + 1).join('.')}.*`)
  return ['*', ...groups, event]
}

/**
 * Refuses a pattern that matches no event: `*` stands alone, or at the end after a dot.
 *
 * @throws {SenderError} with `endpoint`
 */
export function checkEventPattern(pattern: unknown): asserts pattern is string {
  if (typeof pattern !== 'string' || pattern === '' || pattern.length > LONGEST) {
    refuse(`has an entry that is no text of 1 to ${LONGEST} characters: give the name of a webhook`)
  }
  if (CONTROL.test(pattern) || !pattern.isWellFormed()) {
    refuse('has an entry with a control character or an unpaired surrogate: give names of webhooks')
  }
  const name = pattern.replace(/(?:^|\.)\*$/, '')
  if (name.includes('*')) {
    refuse(
      "has an entry with '*' inside: '*' is all webhooks, 'invoice.*' all that begin with 'invoice.'",
    )
  }
  if (pattern === '.*' || /^\.|\.\.|\.$/.test(pattern)) {
    refuse("has an entry with an empty part: write 'invoice.paid', 'invoice.*' or '*'")
  }
}

/**
 * Refuses a list of patterns that is empty, too long or has an invalid one.
 *
 * @throws {SenderError} with `endpoint`
 */
export function checkEventPatterns(patterns: unknown): asserts patterns is readonly string[] {
  if (!Array.isArray(patterns) || patterns.length === 0) {
    refuse("must list at least one name of a webhook: give ['*'] for all, or disable the endpoint")
  }
  if (patterns.length > MOST) {
    refuse(`lists more than ${MOST} names: give patterns such as 'invoice.*'`)
  }
  for (const pattern of patterns) checkEventPattern(pattern)
}

function refuse(problem: string): never {
  throw new SenderError('endpoint', `events ${problem}`)
}
