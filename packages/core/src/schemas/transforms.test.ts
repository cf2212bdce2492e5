import { type } from 'arktype'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import * as z from 'zod'
import type { AnySchema } from '../definition/schema.ts'
import { transforms } from './transforms.ts'

interface Node {
  readonly next?: Node | undefined
}
const node = (): v.GenericSchema<Node> => v.object({ next: v.optional(v.lazy(node)) })
const length = v.pipe(
  v.string(),
  v.transform((text) => text.length),
)

describe('a schema transforms', () => {
  it.each<[string, AnySchema]>([
    ['valibot', v.object({ a: v.array(length) })],
    ['a lazy schema of valibot', v.lazy(() => length)],
    ['zod', z.object({ a: z.string().transform(Number) })],
    ['ArkType', type({ a: 'string.numeric.parse' })],
  ])('where a part of it does: %s', (_, schema) => {
    expect(transforms(schema)).toBe(true)
  })

  it.each<[string, AnySchema]>([
    ['valibot', v.object({ a: v.optional(v.pipe(v.string(), v.trim()), 'a') })],
    ['a lazy schema of valibot that is made anew each time', node()],
    ['zod', z.object({ a: z.string().default('a') })],
    ['ArkType', type({ a: 'string' })],
  ])('no more where it changes a value within its type: %s', (_, schema) => {
    expect(transforms(schema)).toBe(false)
  })
})
