import { CoreError } from '../errors.ts'
import type { AnySchema } from '../schema.ts'
import { dataOf } from '../valibot-data.ts'
import { type At, refusal } from './at.ts'
import type { Conversion } from './json-schema.ts'
import type { JsonSchema } from './message-types.ts'
import { referenceTo } from './references.ts'
import { pipeJson } from './valibot-pipe.ts'
import { schemaJson } from './valibot-schemas.ts'

/**
 * Converts a valibot schema by the data that it consists of; the named schemas inside it become references.
 *
 * @throws {CoreError} with `schema`, naming the member, for what has no JSON form
 */
export function fromValibot(schema: AnySchema, { side, wire, nameOf }: Conversion): JsonSchema {
  // those that lazy schemas lead to, down to where the conversion stands
  const open: AnySchema[] = []
  const path: string[] = []

  const at: At = {
    side,
    wire,
    pointer: () => path.join(''),
    inside(part, segment) {
      path.push(segment)
      const json = referred(part) ?? convert(part)
      path.pop()
      return json
    },
  }
  const convert = (inner: AnySchema): JsonSchema => {
    const data = dataOf(inner)
    if (data.pipe) return pipeJson(data.pipe, at)
    return data.type === 'lazy' ? lazy(inner) : schemaJson(data, at)
  }
  const referred = (inner: AnySchema): JsonSchema | undefined => {
    const name = nameOf(inner)
    return name === undefined ? undefined : referenceTo(name)
  }
  const lazy = (inner: AnySchema): JsonSchema => {
    const target = targetOf(inner)
    if (target instanceof Promise) {
      throw refusal({ side, pointer: at.pointer() }, 'a schema that is given asynchronously', {
        input: 'Let the function give the schema itself.',
        output: 'Let the function give the schema itself.',
      })
    }
    const reference = referred(target)
    if (reference) return reference
    if (open.includes(target)) {
      throw new CoreError(
        'schema',
        `at '${at.pointer()}', a recursive schema needs a name: wrap it in named('Name', …).`,
      )
    }
    open.push(target)
    const json = convert(target)
    open.pop()
    return json
  }
  return convert(schema)
}

const targets = new WeakMap<object, AnySchema>()

/** What a lazy schema stands for; asked once, since a function may give a new one each time. */
function targetOf(schema: AnySchema): AnySchema {
  const { getter = () => schema } = dataOf(schema)
  const target = targets.get(getter) ?? getter(undefined)
  targets.set(getter, target)
  return target
}

/** The title that `v.title` gave. */
export function valibotTitleOf(schema: AnySchema): string | undefined {
  // schemas of other libraries have a `pipe` that is a method
  if (!('pipe' in schema) || schema['~standard'].vendor !== 'valibot') return undefined
  const pipe = schema.pipe as readonly { type: string; title?: string }[]
  return pipe.findLast((item) => item.type === 'title')?.title
}
