import { type } from 'arktype'
import fc from 'fast-check'
import * as v from 'valibot'
import { expect, it } from 'vitest'
import * as z from 'zod'
import type { AnySchema } from '../src/definition/schema.ts'
import { sentValueOf } from '../src/schemas/sent-value.ts'

/** A schema, in no library's words. */
type Model =
  | { readonly kind: 'string' | 'number' | 'boolean' }
  | { readonly kind: 'object'; readonly members: readonly Member[]; readonly isLoose: boolean }
  | { readonly kind: 'array' | 'record' | 'nullable'; readonly inner: Model }
  | { readonly kind: 'pair'; readonly items: readonly [Model, Model] }
  | { readonly kind: 'variant'; readonly branches: readonly (readonly Member[])[] }

interface Member {
  readonly name: string
  readonly model: Model
  readonly isOptional: boolean
}

/** A value as it is given, and as it has to leave. */
interface Case {
  readonly given: unknown
  readonly sent: unknown
}

const { model: models } = fc.letrec<{ model: Model; object: Model }>((tie) => {
  const members = fc.uniqueArray(
    fc.record({
      name: fc.constantFrom('a', 'b', 'c', 'constructor', 'toString', 'a/b'),
      model: tie('model'),
      isOptional: fc.boolean(),
    }),
    { selector: ({ name }) => name, maxLength: 3 },
  )
  const kind = <TKind extends string>(...kinds: TKind[]) => fc.constantFrom(...kinds)
  return {
    object: fc.record({ kind: kind('object'), members, isLoose: fc.boolean() }),
    model: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      fc.record({ kind: kind('string', 'number', 'boolean') }),
      tie('object'),
      fc.record({ kind: kind('array', 'record', 'nullable'), inner: tie('model') }),
      fc.record({ kind: kind('pair'), items: fc.tuple(tie('model'), tie('model')) }),
      fc.record({
        kind: kind('variant'),
        branches: fc.array(members, { minLength: 2, maxLength: 3 }),
      }),
    ),
  }
})

interface Library {
  readonly schemaOf: (model: Model) => AnySchema
}

const valibot: Library = {
  schemaOf(model): v.GenericSchema {
    const inner = (one: Model) => valibot.schemaOf(one) as v.GenericSchema
    const entries = (members: readonly Member[]) =>
      Object.fromEntries(
        members.map(({ name, model, isOptional }) => [
          name,
          isOptional ? v.optional(inner(model)) : inner(model),
        ]),
      )
    switch (model.kind) {
      case 'object':
        return model.isLoose
          ? v.looseObject(entries(model.members))
          : v.object(entries(model.members))
      case 'array':
        return v.array(inner(model.inner))
      case 'record':
        return v.record(v.string(), inner(model.inner))
      case 'nullable':
        return v.nullable(inner(model.inner))
      case 'pair':
        return v.tuple([inner(model.items[0]), inner(model.items[1])])
      case 'variant':
        return v.variant(
          'kind',
          model.branches.map((members, index) =>
            v.object({ kind: v.literal(index), ...entries(members) }),
          ),
        )
      default:
        return { string: v.string(), number: v.number(), boolean: v.boolean() }[model.kind]
    }
  },
}

const zod: Library = {
  schemaOf(model): z.ZodType {
    const inner = (one: Model) => zod.schemaOf(one) as z.ZodType
    const shape = (members: readonly Member[]) =>
      Object.fromEntries(
        members.map(({ name, model, isOptional }) => [
          name,
          isOptional ? inner(model).optional() : inner(model),
        ]),
      )
    switch (model.kind) {
      case 'object':
        return model.isLoose ? z.looseObject(shape(model.members)) : z.object(shape(model.members))
      case 'array':
        return z.array(inner(model.inner))
      case 'record':
        return z.record(z.string(), inner(model.inner))
      case 'nullable':
        return inner(model.inner).nullable()
      case 'pair':
        return z.tuple([inner(model.items[0]), inner(model.items[1])])
      case 'variant':
        return z.union(
          model.branches.map((members, index) =>
            z.object({ kind: z.literal(index), ...shape(members) }),
          ),
        )
      default:
        return { string: z.string(), number: z.number(), boolean: z.boolean() }[model.kind]
    }
  },
}

const arkType: Library = {
  schemaOf(model): AnySchema {
    // its types are parsed from literals, which these are not
    const make = type as unknown as (definition: unknown) => AnySchema & {
      or(other: unknown): AnySchema
      array(): AnySchema
    }
    const inner = (one: Model) => arkType.schemaOf(one)
    const members = (all: readonly Member[]) =>
      Object.fromEntries(
        all.map(({ name, model, isOptional }) => [isOptional ? `${name}?` : name, inner(model)]),
      )
    switch (model.kind) {
      case 'object':
        return make({ ...members(model.members), ...(model.isLoose && { '[string]': 'unknown' }) })
      case 'array':
        return make(inner(model.inner)).array()
      case 'record':
        return make({ '[string]': inner(model.inner) })
      case 'nullable':
        return make(inner(model.inner)).or('null')
      case 'pair':
        return make(model.items.map(inner))
      case 'variant':
        return model.branches
          .map((all, index) => make({ kind: ['===', index], ...members(all) }))
          .reduce((one, other) => make(one.or(other)))
      default:
        return make(model.kind)
    }
  },
}

const undeclared = fc.dictionary(
  fc.constantFrom('x_secret', 'x_hash', '__proto__', 'valueOf'),
  fc.constantFrom<unknown>('secret', 1, { secret: true }, ['secret']),
  { maxKeys: 2 },
)

/** Values of a model, with members that it does not name. */
function casesOf(model: Model): fc.Arbitrary<Case> {
  switch (model.kind) {
    case 'string':
      return fc.string().map(same)
    case 'number':
      return fc.double({ noNaN: true, noDefaultInfinity: true }).map(same)
    case 'boolean':
      return fc.boolean().map(same)
    case 'object':
      return objectCases(model.members, model.isLoose, {})
    case 'array':
      return fc.array(casesOf(model.inner), { maxLength: 3 }).map(listOf)
    case 'record':
      return fc
        .uniqueArray(
          fc.tuple(fc.constantFrom('k', 'constructor', 'x_secret', '0'), casesOf(model.inner)),
          {
            selector: ([name]) => name,
            maxLength: 3,
          },
        )
        .map((entries) => recordOf(entries))
    case 'nullable':
      return fc.oneof(fc.constant(same(null)), casesOf(model.inner))
    case 'pair':
      return fc.tuple(casesOf(model.items[0]), casesOf(model.items[1])).map(listOf)
    case 'variant':
      return fc.oneof(
        ...model.branches.map((members, index) => objectCases(members, false, { kind: index })),
      )
  }
}

function objectCases(
  members: readonly Member[],
  isLoose: boolean,
  fixed: Readonly<Record<string, unknown>>,
): fc.Arbitrary<Case> {
  const given = members.map(({ name, model, isOptional }) =>
    fc
      .tuple(casesOf(model), isOptional ? fc.boolean() : fc.constant(true))
      .map(([one, isGiven]) => (isGiven ? [[name, one] as const] : [])),
  )
  const declared = fc.tuple(...given).map((entries) => recordOf(entries.flat()))
  return fc.tuple(declared, undeclared).map(([one, others]) => ({
    given: assign(fixed, one.given, others),
    sent: isLoose ? assign(fixed, one.sent, others) : assign(fixed, one.sent),
  }))
}

const same = (value: unknown): Case => ({ given: value, sent: value })
const listOf = (cases: readonly Case[]): Case => ({
  given: cases.map(({ given }) => given),
  sent: cases.map(({ sent }) => sent),
})
const recordOf = (entries: readonly (readonly [string, Case])[]): Case => ({
  given: Object.fromEntries(entries.map(([name, { given }]) => [name, given])),
  sent: Object.fromEntries(entries.map(([name, { sent }]) => [name, sent])),
})
const assign = (...objects: readonly unknown[]): unknown =>
  Object.fromEntries(objects.flatMap((one) => Object.entries(one as object)))

/** ArkType itself refuses some unions that overlap. */
const buildable = (make: () => AnySchema): AnySchema | undefined => {
  try {
    return make()
  } catch (error) {
    if (error instanceof Error && error.name === 'ParseError') return undefined
    throw error
  }
}

const jsonOf = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

it.each([
  ['valibot', valibot],
  ['zod', zod],
  ['ArkType', arkType],
] as const)('what leaves is what the schema names, unchanged: %s', (_, { schemaOf }) => {
  const tried = models.chain((model) => casesOf(model).map((one) => ({ model, one })))
  fc.assert(
    fc.property(tried, fc.constantFrom('input', 'output'), ({ model, one }, side) => {
      const options = { side, undeclared: 'remove', isChecked: true } as const
      const schema = buildable(() => schemaOf(model))
      fc.pre(schema !== undefined)
      const result = sentValueOf(schema, options)(one.given)
      expect(jsonOf(result)).toEqual(jsonOf({ value: one.sent }))
    }),
    { numRuns: 150 },
  )
})
