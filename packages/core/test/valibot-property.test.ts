import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { CoreError } from '../src/definition/errors.ts'
import { createComponents } from '../src/openapi/components.ts'
import type { Side } from '../src/schemas/conversion.ts'
import { validatorOf } from './json-schema-validator.ts'
import { valuedSchemas } from './valibot-values.ts'

/** The JSON Schema of one side; `undefined` where it has no JSON form. */
function jsonOf(schema: v.GenericSchema, side: Side): object | undefined {
  try {
    return createComponents().schema(schema, side, 'the schema')
  } catch (error) {
    if (error instanceof CoreError && error.code === 'schema') return undefined
    throw error
  }
}

/** Whether valibot took an array as an object, which no document describes. */
function hasListForObject(value: unknown, given: unknown): boolean {
  if (!isObject(value) || !isObject(given)) return false
  if (Array.isArray(value) && !Array.isArray(given)) return true
  return Object.keys(given).some((name) => hasListForObject(value[name], given[name]))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}

/** Leaves out the members of a valibot schema that do not describe it. */
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
  it('accepts every value that valibot accepts, and its output', async () => {
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
