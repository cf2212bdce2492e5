import type { AnyOutgoing } from '@ringback/core'
import { document, type SampleMessage, sampleMessage } from '@ringback/core/document'
import type { PayloadOf } from '@ringback/sender'

/**
 * Makes a payload of a callback or webhook from its examples, else from its schema: as JSON has it, before a receiver's
 * schema transforms it. A pattern is not followed.
 *
 * @example
 * samplePayload(paid) // { amount: 1 }
 *
 * @throws {CoreError} with `schema` for a schema without a JSON form
 */
export function samplePayload<TOutgoing extends AnyOutgoing>(
  outgoing: TOutgoing,
): PayloadOf<TOutgoing> {
  // made of the schema that the type was made of
  return sampleOutgoing(outgoing).payload as PayloadOf<TOutgoing>
}

/** Makes a sample of the request of a callback or webhook, with a payload of its own if one is given. */
export function sampleOutgoing(
  { '~definition': definition }: AnyOutgoing,
  ...payload: readonly [] | readonly [unknown]
): SampleMessage {
  const examples = Object.fromEntries(payload.map((value) => ['given', { value }]))
  const { bodyOptions } = definition
  // the document of a webhook needs no operation, and describes the same request
  const sampled = {
    ...definition,
    name: 'sample',
    responses: { 204: {} },
    bodyOptions: payload.length === 0 ? bodyOptions : { ...bodyOptions, examples },
  }
  const webhooks = [{ '~definition': sampled }]
  const written = document({ info: { title: '', version: '' }, webhooks }, [])
  return sampleMessage(written, written.webhooks?.sample?.[definition.method] ?? {})
}
