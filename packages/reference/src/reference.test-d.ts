import type { ApiReferenceConfiguration } from '@scalar/hono-api-reference'
import { expectTypeOf, it } from 'vitest'
import type { ReferenceTheme } from './theme.ts'

it('names the themes that Scalar has', () => {
  type Config = Required<ApiReferenceConfiguration>
  expectTypeOf<
    Config extends { theme: infer TTheme } ? TTheme : never
  >().toEqualTypeOf<ReferenceTheme>()
})
