import fc from 'fast-check'
import * as v from 'valibot'

/** A schema, and JSON values of which it accepts many. */
export interface Valued {
  readonly schema: v.GenericSchema
  readonly values: fc.Arbitrary<unknown>
}

const WORDS = ['a', 'b', 'ab', '12', 'A b', 'true', '1.5', 'a@b.example']
const word = fc.constantFrom(...WORDS)
const number = fc.constantFrom(-2, -1, 0, 0.5, 1, 2, 3, 7)
const size = fc.nat({ max: 3 })
const scalar = fc.oneof(word, number, fc.boolean(), fc.constant(null))

function valued(schema: v.GenericSchema, values: fc.Arbitrary<unknown>): Valued {
  return { schema, values }
}

type Factory = (...args: readonly unknown[]) => v.GenericSchema

/** Adds actions to a schema; the caller chooses those that fit. */
function piped(schema: v.GenericSchema, ...actions: readonly unknown[]): v.GenericSchema {
  return (v.pipe as unknown as Factory)(schema, ...actions)
}

const textAction = fc.oneof(
  size.map((one) => v.minLength(one)),
  size.map((one) => v.maxLength(one)),
  size.map((one) => v.length(one)),
  size.map((one) => v.notLength(one)),
  word.map((one) => v.startsWith(one)),
  word.map((one) => v.endsWith(one)),
  word.map((one) => v.includes(one)),
  word.map((one) => v.excludes(one)),
  word.map((one) => v.value(one)),
  word.map((one) => v.notValue(one)),
  fc.array(word).map((some) => v.values(some)),
  fc.constantFrom<unknown>(v.nonEmpty(), v.empty(), v.digits(), v.decimal(), v.email()),
  fc.constantFrom<unknown>(v.regex(/^[a-z]+$/), v.regex(/^[A-Z]/i), v.minCodePoints(2)),
  fc.constantFrom<unknown>(v.toLowerCase(), v.toUpperCase(), v.trim(), v.brand('A')),
)

const numberAction = fc.oneof(
  number.map((one) => v.minValue(one)),
  number.map((one) => v.maxValue(one)),
  number.map((one) => v.gtValue(one)),
  number.map((one) => v.ltValue(one)),
  number.map((one) => v.multipleOf(one)),
  number.map((one) => v.value(one)),
  number.map((one) => v.notValue(one)),
  fc.constantFrom<unknown>(v.integer(), v.safeInteger(), v.finite(), v.readonly()),
  number.map((one) => v.toMinValue(one)),
  number.map((one) => v.toMaxValue(one)),
)

const listAction = fc.oneof(
  size.map((one) => v.minLength(one)),
  size.map((one) => v.maxLength(one)),
  scalar.map((one) => v.includes(one)),
  scalar.map((one) => v.excludes(one)),
  fc.constantFrom<unknown>(
    v.sortItems(),
    v.filterItems((one) => typeof one === 'string'),
  ),
)

const membersAction = fc.oneof(
  size.map((one) => v.minEntries(one)),
  size.map((one) => v.maxEntries(one)),
  size.map((one) => v.notEntries(one)),
)

function some<T>(actions: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc.array(actions, { maxLength: 3 })
}

const text = some(textAction).map((actions) => valued(piped(v.string(), ...actions), word))
const amount = some(numberAction).map((actions) => valued(piped(v.number(), ...actions), number))
const digits = fc.constantFrom('1', '2', '-1', '0.5', 'x')
const changed = some(numberAction).map((actions) =>
  valued(piped(v.string(), v.decimal(), v.toNumber(), ...actions), digits),
)
const either = some(numberAction).map((actions) =>
  valued(
    piped(v.union([v.number(), v.pipe(v.string(), v.decimal(), v.toNumber())]), ...actions),
    fc.oneof(number, digits),
  ),
)
const choice = fc
  .tuple(fc.array(word, { minLength: 1 }), some(textAction))
  .map(([words, actions]) => valued(piped(v.picklist(words), ...actions), word))
const anything = fc.constantFrom(v.any(), v.unknown(), v.null(), v.boolean(), v.literal('a'))

const NAMES = ['a', 'b', 'c']
const NAME = fc.constantFrom(...NAMES)

/** Schemas with a JSON form, some nested. */
export const valuedSchemas: fc.Arbitrary<Valued> = fc.letrec<{ one: Valued; list: Valued }>(
  (tie) => ({
    one: fc.oneof(
      { maxDepth: 3, depthIdentifier: 'schemas' },
      fc.oneof(
        text,
        amount,
        changed,
        either,
        choice,
        anything.map((schema) => valued(schema, scalar)),
      ),
      wrapped(tie('one')),
      lists(tie('one')),
      objects(tie('one')),
      joined(tie('one')),
    ),
    list: lists(tie('one')),
  }),
).one

function wrapped(inner: fc.Arbitrary<Valued>): fc.Arbitrary<Valued> {
  const wrappers = fc.constantFrom<(schema: v.GenericSchema) => v.GenericSchema>(
    (schema) => v.optional(schema),
    (schema) => v.nullish(schema),
    (schema) => v.nullable(schema),
    (schema) => v.undefinedable(schema),
    (schema) => v.exactOptional(schema),
    (schema) => v.nonNullable(v.nullable(schema)),
    (schema) => v.nonNullish(schema),
    (schema) => v.nonOptional(v.nullish(schema)),
    (schema) => v.pipe(schema, v.description('Said')),
    (schema) => v.lazy(() => schema),
  )
  return fc
    .tuple(inner, wrappers)
    .map(([{ schema, values }, wrap]) =>
      valued(wrap(schema), fc.oneof(values, fc.constant(null), scalar)),
    )
}

function lists(inner: fc.Arbitrary<Valued>): fc.Arbitrary<Valued> {
  const arrays = fc
    .tuple(inner, some(listAction))
    .map(([{ schema, values }, actions]) =>
      valued(piped(v.array(schema), ...actions), fc.array(values, { maxLength: 4 })),
    )
  const tuples = fc
    .tuple(
      fc.array(inner, { maxLength: 3 }),
      fc.constantFrom<unknown>(v.tuple, v.looseTuple, v.strictTuple),
    )
    .map(([items, make]) =>
      valued(
        (make as Factory)(items.map(({ schema }) => schema)),
        fc
          .tuple(
            fc.tuple(...items.map(({ values }) => values)),
            fc.array(scalar, { maxLength: 1 }),
            size,
          )
          .map(([some, more, drop]) =>
            [...some, ...more].slice(0, Math.max(1, some.length - drop + 2)),
          ),
      ),
    )
  return fc.oneof(arrays, tuples)
}

function objects(inner: fc.Arbitrary<Valued>): fc.Arbitrary<Valued> {
  const objects = fc
    .tuple(
      fc.dictionary(NAME, inner, { maxKeys: 3 }),
      fc.constantFrom<unknown>(v.object, v.looseObject, v.strictObject),
      some(membersAction),
    )
    .map(([members, make, actions]) => {
      const entries = Object.fromEntries(
        Object.entries(members).map(([name, { schema }]) => [name, schema]),
      )
      const values = Object.fromEntries(
        Object.entries(members).map(([name, { values }]) => [name, values]),
      )
      const given = fc.record(values, { requiredKeys: [] })
      const more = fc.dictionary(fc.constantFrom('d', 'e'), scalar, { maxKeys: 1 })
      return valued(
        piped((make as Factory)(entries), ...actions),
        fc.tuple(given, more).map(([some, others]) => ({ ...some, ...others })),
      )
    })
  const records = fc
    .tuple(inner, some(membersAction))
    .map(([{ schema, values }, actions]) =>
      valued(
        piped(v.record(v.picklist(NAMES), schema), ...actions),
        fc.dictionary(NAME, values, { maxKeys: 3 }),
      ),
    )
  return fc.oneof(objects, records)
}

function joined(inner: fc.Arbitrary<Valued>): fc.Arbitrary<Valued> {
  const unions = fc
    .array(inner, { minLength: 1, maxLength: 3 })
    .map((branches) =>
      valued(
        v.union(branches.map(({ schema }) => schema)),
        fc.oneof(...branches.map(({ values }) => values)),
      ),
    )
  const sized = some(listAction.filter(isCheck)).map((actions) =>
    valued(
      piped(v.union([v.string(), v.array(v.any())]), ...actions),
      fc.oneof(word, fc.array(scalar, { maxLength: 4 })),
    ),
  )
  const keys = fc.subarray(NAMES, { minLength: 1 })
  const variants = fc.array(fc.tuple(keys, inner), { minLength: 1, maxLength: 3 }).map((branches) =>
    valued(
      v.variant(
        'k',
        branches.map(([keys, { schema }]) => v.object({ k: v.picklist(keys), of: schema })),
      ),
      fc.oneof(...branches.map(([, { values }]) => fc.record({ k: NAME, of: values }))),
    ),
  )
  const intersections = fc
    .tuple(amount, amount)
    .map(([one, other]) => valued(v.intersect([one.schema, other.schema]), number))
  return fc.oneof(unions, sized, variants, intersections)
}

function isCheck(action: unknown): boolean {
  return (action as { kind: string }).kind === 'validation'
}
