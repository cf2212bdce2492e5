import type { JsonSchema } from '../../definition/openapi-message-types.ts'
import { setMember } from '../../definition/set-member.ts'
import type { ValibotAction, ValibotItem } from './data.ts'
import { jsonValue } from './json-value.ts'

/**
 * Adds the metadata of a pipe. Title and description are taken from the whole pipe; examples and the other members of
 * `v.metadata` only from `items`, those that apply to the described value.
 */
export function annotated(
  json: JsonSchema,
  pipe: readonly ValibotItem[],
  items: readonly ValibotItem[],
): JsonSchema {
  const all: Record<string, unknown> = { ...json }
  for (const item of pipe) {
    if (!isMetadata(item)) continue
    const { title, description, examples, ...others } = metadataOf(item)
    if (typeof title === 'string') all.title = title
    if (typeof description === 'string') all.description = description
    if (!items.includes(item)) continue
    for (const [keyword, value] of Object.entries(others)) {
      const written = jsonValue(value)
      if (written !== undefined) setMember(all, keyword, written)
    }
    if (Array.isArray(examples)) {
      const before = Array.isArray(all.examples) ? all.examples : []
      all.examples = [...before, ...examples.map(jsonValue).filter((one) => one !== undefined)]
    }
  }
  return all
}

/** Whether a part of a pipe describes the pipe, and neither checks nor changes a value. */
export function isMetadata(item: ValibotItem): item is ValibotAction {
  return item.kind === 'metadata'
}

function metadataOf(item: ValibotAction): Readonly<Record<string, unknown>> {
  const { type, metadata = {}, title, description, examples } = item
  return type === 'metadata' ? metadata : { title, description, examples }
}
