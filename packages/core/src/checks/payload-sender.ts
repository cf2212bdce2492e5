import { loadSentValue } from '#late'
import type { OperationCallback, OutgoingDefinition } from '../definition/definition.ts'
import { essenceOf, FORM_TYPE, isJson, JSON_TYPE } from '../definition/media-type.ts'
import type { AnySchema } from '../definition/schema.ts'
import type { SentValue, Undeclared } from '../definition/sent-value.ts'

/** Gives what a callback or webhook sends of its payloads, as a member of its definition; none for text and bytes. */
export function payloadSenderOf({
  body,
  mediaType,
}: OutgoingDefinition): Pick<OperationCallback, 'sentPayload'> {
  return body && hasMembers(mediaType) ? { sentPayload: payloadSender(body) } : {}
}

/** True for a payload that is JSON or a form: others are text or bytes, without members. */
function hasMembers(mediaType = JSON_TYPE): boolean {
  const essence = essenceOf(mediaType)
  return isJson(essence) || essence === FORM_TYPE
}

/** Loads the code with the first payload, and makes its function once for each choice. */
function payloadSender(schema: AnySchema): NonNullable<OperationCallback['sentPayload']> {
  const made = new Map<Undeclared, (payload: unknown) => SentValue>()
  return async (payload, undeclared) => {
    let sentValue = made.get(undeclared)
    if (!sentValue) {
      const { sentValueOf } = await loadSentValue()
      sentValue = sentValueOf(schema, { side: 'input', undeclared, isChecked: true })
      made.set(undeclared, sentValue)
    }
    return sentValue(payload)
  }
}
