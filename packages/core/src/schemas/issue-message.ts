import type { SchemaIssue } from '../definition/schema.ts'

// valibot ends the messages that it composes with the received value
const RECEIVED = [' but received ', ': Received ']

/** The message of an issue, without the received value at its end. */
export function issueMessage({ message }: SchemaIssue): string {
  let end = message.length
  for (const words of RECEIVED) {
    const at = message.indexOf(words)
    if (at >= 0 && at < end) end = at
  }
  return message.slice(0, end)
}
