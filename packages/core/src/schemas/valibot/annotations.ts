import type { JsonSchema } from '../../definition/openapi-message-types.ts'
import { jsonValue, setMember } from '../json-value.ts'
import type { ValibotAction, ValibotItem } from './data.ts'

/**
 * Adds what a pipe says about itself. Title and description are those of the whole pipe, wherever they stand in it;
 * examples and the other members of `v.metadata` belong to the values at their place.
 */
export function annotated(
  json: JsonSchema,
  pipe: readonly ValibotItem[],
  said: readonly ValibotItem[],
): JsonSchema {
  const all: Record<string, unknown> = { ...json }
  for (const item of pipe) {
    if (item.kind !== 'metadata') continue
    const { title, description, examples, ...others } = saidBy(item)
    if (typeof title === 'string') all.title = title
    if (typeof description === 'string') all.description = description
    if (!said.includes(item)) continue
    for (const [keyword, value] of Object.entries(others)) {
      const written = jsonValue(value)
      if (written !== undefined) setMember(all, keyword, written)
    }
    if (Array.isArray(examples)) {
      const before = (all.examples ?? []) as readonly unknown[]
      all.examples = [...before, ...examples.map(jsonValue).filter((one) => one !== undefined)]
    }
  }
  return all
}

/** Whether a part of a pipe says something about the whole. */
export function isMetadata({ kind }: ValibotItem): boolean {
  return kind === 'metadata'
}

function saidBy(item: ValibotAction): Readonly<Record<string, unknown>> {
  const { type, metadata = {}, title, description, examples } = item
  return type === 'metadata' ? metadata : { title, description, examples }
}
