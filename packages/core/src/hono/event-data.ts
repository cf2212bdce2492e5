import type { Context } from 'hono'
import { CoreError } from '../definition/errors.ts'
import type { AnySchema } from '../definition/schema.ts'
import { toProblemIssues } from '../problems/problem-issues.ts'
import { sentValueOf } from '../schemas/sent-value.ts'
import { transforms } from '../schemas/transforms.ts'
import type { Runtime } from './runtime.ts'

// loaded with the first event that is sent

/**
 * Makes the function that writes the data of events: text unchanged, other data as the JSON that its schema declares.
 */
export function eventWriter(
  c: Context,
  schema: AnySchema,
  { checkResponses, undeclared }: Runtime,
): (data: unknown) => Promise<string> {
  const isChecked = checkResponses && !transforms(schema)
  const sendValue = sentValueOf(schema, { side: 'output', undeclared, isChecked })
  const broken = (what: string) =>
    new CoreError('response', `${c.req.method} ${c.req.path} sent an event ${what}`)

  return async (data) => {
    const sent = sendValue(data)
    if (sent.fault !== undefined) throw broken(`that JSON cannot hold: ${sent.fault}`)
    const { value } = sent
    if (isChecked) {
      const { issues } = await schema['~standard'].validate(value)
      const [first] = toProblemIssues('body', issues ?? [], value)
      if (first) throw broken(`that breaks its schema: ${first.pointer} ${first.detail}`)
    }
    return typeof value === 'string' ? value : JSON.stringify(value)
  }
}
