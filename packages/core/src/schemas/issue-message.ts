import type { SchemaIssue } from '../definition/schema.ts'

// valibot ends the messages that it composes with the received value
const RECEIVED = /(?: but received|: Received) .*$/s

/** The message of an issue, without the received value at its end. */
export function issueMessage(issue: SchemaIssue): string {
  return issue.message.replace(RECEIVED, '')
}
