import type { StandardSchemaV1 } from '@standard-schema/spec'
import type { ProblemIssue } from './problem.ts'

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

function pointerOf(path: readonly PropertyKey[]): string {
  return path.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('')
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
  return quotes(message, value) ? 'the value is not valid' : message
}

/** Whether the message still holds the value: its text where it is a scalar, any scalar inside it otherwise. */
function quotes(message: string, value: unknown): boolean {
  if (value === undefined || value === null || typeof value === 'boolean') return false
  if (typeof value === 'object') return Object.values(value).some((inner) => quotes(message, inner))
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
