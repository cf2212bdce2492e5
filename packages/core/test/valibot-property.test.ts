import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { CoreError } from '../src/definition/errors.ts'
import { createComponents } from '../src/openapi/components.ts'
import type { Side } from '../src/schemas/conversion.ts'
import { validatorOf } from './json-schema-validator.ts'
import { valuedSchemas } from './valibot-values.ts'

/** The JSON Schema of one side, unless JSON cannot hold it. */
function jsonOf(schema: v.GenericSchema, side: Side): object | undefined {
  try {
    return createComponents().schema(schema, side, 'the schema')
  } catch (error) {
    if (error instanceof CoreError && error.code === 'schema') return undefined
    throw error
  }
}

/** To valibot a list is an object, too, and becomes one: that is nothing to document. */
function hasListForObject(value: unknown, given: unknown): boolean {
  if (!isObject(value) || !isObject(given)) return false
  if (Array.isArray(value) && !Array.isArray(given)) return true
  return Object.keys(given).some((name) => hasListForObject(value[name], given[name]))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** As much of a valibot schema as says what it is. */
function withoutMethods(key: string, value: unknown): unknown {
  if (['~standard', 'async', 'expects', 'kind'].includes(key)) return undefined
  return value instanceof RegExp ? String(value) : value
}

const samples = valuedSchemas.chain(({ schema, values }) =>
  fc.array(values, { minLength: 8, maxLength: 8 }).map((some) => ({
    schema,
    some,
    [fc.toStringMethod]: () => JSON.stringify({ schema, some }, withoutMethods),
  })),
)

describe('the JSON Schema of any valibot schema', () => {
  it('takes whatever valibot takes, and what it gives', async () => {
    let judged = 0
    await fc.assert(
      fc.asyncProperty(samples, async ({ schema, some }) => {
        const [input, output] = [jsonOf(schema, 'input'), jsonOf(schema, 'output')]
        const takes = input && (await validatorOf(input))
        const gives = output && (await validatorOf(output))
        for (const value of some) {
          const { success, output: given } = v.safeParse(schema, structuredClone(value))
          if (!success || hasListForObject(value, given)) continue
          judged++
          const text = JSON.stringify(given)
          if (takes) expect([input, value, takes(value)]).toEqual([input, value, true])
          if (gives && text !== undefined) {
            const written: unknown = JSON.parse(text)
            expect([output, written, gives(written)]).toEqual([output, written, true])
          }
        }
      }),
      { numRuns: 400 },
    )
    expect(judged).toBeGreaterThan(0)
  })
})
