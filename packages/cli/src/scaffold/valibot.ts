import { isRecord, type JsonObject } from '../documents/read-document.ts'
import { listOf, membersOfSchema, type SchemaLanguage, typesWithNull } from './schema-writer.ts'

const FORMATS: Readonly<Record<string, string>> = {
  date: 'v.isoDate()',
  'date-time': 'v.isoTimestamp()',
  email: 'v.email()',
  ipv4: 'v.ipv4()',
  ipv6: 'v.ipv6()',
  uri: 'v.url()',
  url: 'v.url()',
  uuid: 'v.uuid()',
}

/** Writes schemas of valibot. */
export const VALIBOT: SchemaLanguage = {
  write: writeSchema,
  declare: (name, code) => `export const ${name} = ${code}`,
  recur: (name) => `v.lazy((): v.GenericSchema<unknown> => ${name})`,
}

type Write = (schema: unknown) => string

function writeSchema(schema: JsonObject | boolean, write: Write): string {
  if (schema === true) return 'v.unknown()'
  if (schema === false) return 'v.never()'
  const { const: only, enum: words, nullable } = schema
  if (only !== undefined) return literal(only)
  if (Array.isArray(words)) return writeWords(nullable === true ? [...words, null] : words)

  const parts = [
    ...own(schema, write),
    ...listOf(schema.allOf).map(write),
    ...[schema.oneOf, schema.anyOf].flatMap((list) =>
      listOf(list).length > 0 ? [union(listOf(list).map(write))] : [],
    ),
  ].filter((part) => part !== 'v.unknown()')
  const [first] = parts
  if (first === undefined) return 'v.unknown()'
  const whole = parts.length === 1 ? first : `v.intersect([${parts.join(', ')}])`
  // a schema of parts has its null outside
  const isOutside = nullable === true && schema.type === undefined
  return isOutside ? `v.nullable(${whole})` : whole
}

/** The code of the type that a schema has itself; none where it has only parts. */
function own(schema: JsonObject, write: Write): string[] {
  const types = typesWithNull(schema)
  const others = types.filter((type) => type !== 'null')
  if (types.length === 0) return []
  const whole =
    others.length > 0 ? union(others.map((type) => writeType(type, schema, write))) : 'v.null()'
  return [types.includes('null') && others.length > 0 ? `v.nullable(${whole})` : whole]
}

function writeType(type: string, schema: JsonObject, write: Write): string {
  switch (type) {
    case 'object':
      return writeObject(schema, write)
    case 'array':
      return writeArray(schema, write)
    case 'string':
      return pipe('v.string()', [
        ...(typeof schema.format === 'string' && Object.hasOwn(FORMATS, schema.format)
          ? [FORMATS[schema.format] ?? '']
          : []),
        ...limits(schema, { minLength: 'minLength', maxLength: 'maxLength' }),
        ...pattern(schema.pattern),
      ])
    case 'integer':
      return pipe('v.number()', ['v.integer()', ...numberLimits(schema)])
    case 'number':
      return pipe('v.number()', numberLimits(schema))
    case 'boolean':
      return 'v.boolean()'
    default:
      return 'v.unknown()'
  }
}

function writeObject(schema: JsonObject, write: Write): string {
  const { additionalProperties: rest } = schema
  const members = membersOfSchema(schema)
  if (members.length === 0) {
    if (rest === false) return 'v.strictObject({})'
    return `v.record(v.string(), ${isRecord(rest) ? write(rest) : 'v.unknown()'})`
  }
  const entries = members
    .map(({ key, schema: inner, isRequired }) => {
      const code = write(inner)
      return `${key}: ${isRequired ? code : `v.optional(${code})`}`
    })
    .join(', ')
  if (isRecord(rest)) return `v.objectWithRest({ ${entries} }, ${write(rest)})`
  // members that a later version adds are no error
  return `v.${rest === false ? 'strictObject' : 'object'}({ ${entries} })`
}

function writeArray(schema: JsonObject, write: Write): string {
  const first = listOf(schema.prefixItems).map(write)
  const items = schema.items === undefined ? 'v.unknown()' : write(schema.items)
  const array =
    first.length > 0 ? `v.tupleWithRest([${first.join(', ')}], ${items})` : `v.array(${items})`
  return first.length > 0
    ? array
    : pipe(array, limits(schema, { minItems: 'minLength', maxItems: 'maxLength' }))
}

function writeWords(words: readonly unknown[]): string {
  if (words.length > 0 && words.every((word) => typeof word === 'string')) {
    return `v.picklist(${JSON.stringify([...new Set(words)])})`
  }
  return union([...new Set(words)].map(literal))
}

function literal(value: unknown): string {
  if (value === null) return 'v.null()'
  return typeof value === 'object' ? 'v.unknown()' : `v.literal(${JSON.stringify(value)})`
}

function union(options: readonly string[]): string {
  const different = [...new Set(options)]
  const [first = 'v.unknown()'] = different
  if (different.includes('v.unknown()')) return 'v.unknown()'
  return different.length <= 1 ? first : `v.union([${different.join(', ')}])`
}

function pipe(base: string, actions: readonly string[]): string {
  return actions.length === 0 ? base : `v.pipe(${[base, ...actions].join(', ')})`
}

function limits(schema: JsonObject, names: Readonly<Record<string, string>>): string[] {
  return Object.entries(names).flatMap(([name, action]) => {
    const limit = schema[name]
    return typeof limit === 'number' ? [`v.${action}(${limit})`] : []
  })
}

function numberLimits(schema: JsonObject): string[] {
  // 3.0 has a flag beside the limit
  const isOpen = (name: string) => schema[name] === true
  return limits(schema, {
    minimum: isOpen('exclusiveMinimum') ? 'gtValue' : 'minValue',
    exclusiveMinimum: 'gtValue',
    maximum: isOpen('exclusiveMaximum') ? 'ltValue' : 'maxValue',
    exclusiveMaximum: 'ltValue',
    multipleOf: 'multipleOf',
  })
}

function pattern(source: unknown): string[] {
  if (typeof source !== 'string') return []
  try {
    // one of another dialect is left out
    new RegExp(source)
    return [`v.regex(new RegExp(${JSON.stringify(source)}))`]
  } catch {
    return []
  }
}
