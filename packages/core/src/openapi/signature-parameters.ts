import type { ParameterObject } from '../definition/openapi-message-types.ts'
import type { ReferenceObject } from '../definition/openapi-types.ts'
import type { Reusable } from './reusable.ts'

const SIGNATURE: readonly Omit<ParameterObject, 'in' | 'required'>[] = [
  {
    name: 'webhook-id',
    description:
      'Equal on every attempt to deliver this message: who has it already may answer as before.',
    schema: { type: 'string' },
  },
  {
    name: 'webhook-timestamp',
    description: 'When this attempt was signed, in seconds since the Unix epoch.',
    schema: { type: 'integer' },
  },
  {
    name: 'webhook-signature',
    description: [
      'Signatures of Standard Webhooks, separated by spaces; one that verifies is enough.',
      'The signed content is `webhook-id`, `webhook-timestamp` and the raw body, joined by dots.',
      '`v1,` is followed by the base64 of its HMAC-SHA256 under the shared secret (`whsec_…`, base64),',
      '`v1a,` by that of its Ed25519 signature under the public key (`whpk_…`).',
      'Verify before the body is parsed, and refuse a timestamp more than five minutes from now.',
    ].join(' '),
    schema: { type: 'string' },
  },
]

const PARAMETERS = SIGNATURE.map((parameter) => {
  return { ...parameter, in: 'header' as const, required: true }
})

/**
 * The headers of a signed request, as components.
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
 */
export function signatureParameters(reusable: Reusable): ReferenceObject[] {
  return PARAMETERS.map((parameter) =>
    reusable('parameters', parameter.name, { object: parameter, place: 'the signature' }),
  )
}
