// checked by tsc, never run
import { expectTypeOf, it } from 'vitest'
import type { JsonOf } from './json-of.ts'

it('is the type that a client reads', () => {
  interface Sent {
    id: string
    at: Date
    tags?: readonly string[]
    pair: [number, Date]
    size: bigint
    any: unknown
    inner: { at: Date | null }
  }
  expectTypeOf<JsonOf<Sent>>().toEqualTypeOf<{
    id: string
    at: string
    tags?: readonly string[]
    pair: [number, string]
    size: never
    any: unknown
    inner: { at: string | null }
  }>()
  expectTypeOf<JsonOf<Sent[]>[number]['at']>().toEqualTypeOf<string>()
})
