import type { OutgoingDefinition } from '../definition/definition.ts'
import type { CoreError } from '../definition/errors.ts'
import { bodyFaults, fieldFaults } from './check-request.ts'

/** The faults of what a callback or webhook declares of its requests: values that no text can spell. */
export function outgoingFaults(
  { headers, query, body, mediaType }: OutgoingDefinition,
  place: string,
): CoreError[] {
  return [
    ...(headers ? fieldFaults(headers, `.headers(…) of ${place}`) : []),
    ...(query ? fieldFaults(query, `.query(…) of ${place}`) : []),
    ...(body && mediaType
      ? bodyFaults(body, mediaType, `.bodyAs('${mediaType}', …) of ${place}`)
      : []),
  ]
}
