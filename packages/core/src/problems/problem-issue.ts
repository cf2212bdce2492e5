import { escapeSegment } from '../definition/json-pointer.ts'
import type { ProblemIssue } from '../definition/problem.ts'
import type { SchemaIssue } from '../definition/schema.ts'
import { issueMessage } from '../schemas/issue-message.ts'

/** The maximum number of issues in one problem: enough to correct a request. */
export const MAX_ISSUES = 50

// a pointer or message can contain keys of the input, which can have any length
const MAX_LENGTH = 1000
// the maximum number of input values that a message is compared with
const MAX_VALUES = 1000

/**
 * Converts a validation issue to an entry of a problem's `errors`, without the values of the input.
 * Validators quote the input, and a response that repeats it can leak it into a log.
 */
export function toProblemIssue(
  part: ProblemIssue['in'],
  issue: SchemaIssue,
  input: unknown,
): ProblemIssue {
  const path = (issue.path ?? []).map((item) => (typeof item === 'object' ? item.key : item))
  return { in: part, pointer: pointerOf(path), detail: describe(issue, valueAt(input, path)) }
}

/** The pointer of a path; if that is too long, of its last parent that fits. */
function pointerOf(path: readonly PropertyKey[]): string {
  let pointer = ''
  for (const key of path) {
    const token = `/${escapeSegment(String(key))}`
    if (pointer.length + token.length > MAX_LENGTH) break
    pointer += token
  }
  return pointer
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  let value = input
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = Reflect.get(value, key)
  }
  return value
}

const WORD = /[\p{L}\p{N}]/u

function describe(issue: SchemaIssue, value: unknown): string {
  const message = issueMessage(issue)
  return message.length > MAX_LENGTH || quotes(message, value) ? 'the value is not valid' : message
}

/** True if the message quotes the value or any scalar inside it, or if the value is too large to tell. */
function quotes(message: string, value: unknown): boolean {
  const values = [value]
  // the loop also visits the values that are added during it
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
    // only whole words count: 'Expected' does not quote 'x'
    const around = [message[at - 1], message[at + text.length]]
    if (!around.some((character) => character !== undefined && WORD.test(character))) return true
    at = message.indexOf(text, at + 1)
  }
  return false
}
