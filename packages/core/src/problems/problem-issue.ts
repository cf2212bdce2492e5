import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { ProblemIssue } from '../definition/problem.ts'

/** The most issues that one problem lists: enough to mend a request, whatever somebody sends. */
export const MAX_ISSUES = 50

// a pointer or message may hold keys of the input, and those may be of any length
const MAX_LENGTH = 1000
// how many values of the input are compared with a message
const MAX_VALUES = 1000

/**
 * Turns a validation issue into one of a problem's `errors`, without the input's values.
 * Validators quote what they received, and an answer that echoes it may leak it into somebody's log.
 */
export function toProblemIssue(
  part: ProblemIssue['in'],
  issue: StandardSchemaV1.Issue,
  input: unknown,
): ProblemIssue {
  const path = (issue.path ?? []).map((item) => (typeof item === 'object' ? item.key : item))
  return { in: part, pointer: pointerOf(path), detail: describe(issue, valueAt(input, path)) }
}

/** Where the path is too long, the pointer leads to the last parent that it can name. */
function pointerOf(path: readonly PropertyKey[]): string {
  let pointer = ''
  for (const key of path) {
    const next = `${pointer}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (next.length > MAX_LENGTH) break
    pointer = next
  }
  return pointer
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
}

// how valibot ends the messages that it composes itself
const RECEIVED = /(?: but received|: Received) .*$/s

const WORD = /[\p{L}\p{N}]/u

function describe(issue: StandardSchemaV1.Issue, value: unknown): string {
  const message = issue.message.replace(RECEIVED, '')
  return message.length > MAX_LENGTH || quotes(message, value) ? 'the value is not valid' : message
}

/**
 * Whether the message still holds the value: its text where it is a scalar, any scalar inside it otherwise.
 * Of a value too large to tell, it is taken to.
 */
function quotes(message: string, value: unknown): boolean {
  const values = [value]
  // an array gives what is added while it is walked
  for (const inner of values) {
    if (typeof inner !== 'object' || inner === null) {
      if (quotesScalar(message, inner)) return true
      continue
    }
    const members = Object.values(inner)
    if (values.length + members.length > MAX_VALUES) return true
    values.push(...members)
  }
  return false
}

function quotesScalar(message: string, value: unknown): boolean {
  if (value === undefined || value === null || typeof value === 'boolean') return false
  const text = String(value)
  let at = text === '' ? -1 : message.indexOf(text)
  while (at >= 0) {
    // 'x' is not quoted by 'Expected'
    const around = [message[at - 1], message[at + text.length]]
    if (!around.some((character) => character !== undefined && WORD.test(character))) return true
    at = message.indexOf(text, at + 1)
  }
  return false
}
