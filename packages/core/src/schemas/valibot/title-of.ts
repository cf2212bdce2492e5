import type { AnySchema } from '../../definition/schema.ts'
import { dataOf } from './data.ts'

/** The title that `v.title` gave; the last one counts. */
export function valibotTitleOf(schema: AnySchema): string | undefined {
  const { pipe } = dataOf(schema)
  if (!pipe) return undefined
  let title: string | undefined
  for (const item of pipe) {
    if (item.kind === 'metadata' && item.type === 'title') title = item.title
  }
  return title
}
