import { isRecord, type JsonObject } from '../documents/read-document.ts'
import { listOf, membersOfSchema, type SchemaLanguage, typesWithNull } from './schema-writer.ts'

/** Writes types of TypeScript. */
export const TYPESCRIPT: SchemaLanguage = {
  write: writeType,
  declare: (name, code) => `export type ${name} = ${code}`,
  recur: (name) => name,
}

type Write = (schema: unknown) => string

function writeType(schema: JsonObject | boolean, write: Write): string {
  if (schema === true) return 'unknown'
  if (schema === false) return 'never'
  const { const: only, enum: words, nullable } = schema
  if (only !== undefined) return literal(only)
  if (Array.isArray(words)) {
    return join(' | ', (nullable === true ? [...words, null] : words).map(literal))
  }
  const types = typesWithNull(schema)
  const parts = [
    ...(types.length > 0
      ? [
          join(
            ' | ',
            types.map((type) => writeOne(type, schema, write)),
          ),
        ]
      : []),
    ...listOf(schema.allOf).map(write),
    ...[schema.oneOf, schema.anyOf].flatMap((list) =>
      listOf(list).length > 0 ? [join(' | ', listOf(list).map(write))] : [],
    ),
  ].filter((part) => part !== 'unknown')
  const whole = parts.length === 0 ? 'unknown' : join(' & ', parts)
  return nullable === true && schema.type === undefined ? join(' | ', [whole, 'null']) : whole
}

function writeOne(type: string, schema: JsonObject, write: Write): string {
  switch (type) {
    case 'object':
      return writeObject(schema, write)
    case 'array': {
      const items = schema.items === undefined ? 'unknown' : write(schema.items)
      const first = listOf(schema.prefixItems).map(write)
      return first.length > 0 ? `[${[...first, `...(${items})[]`].join(', ')}]` : `(${items})[]`
    }
    case 'integer':
    case 'number':
      return 'number'
    case 'string':
    case 'boolean':
    case 'null':
      return type
    default:
      return 'unknown'
  }
}

function writeObject(schema: JsonObject, write: Write): string {
  const { additionalProperties: rest } = schema
  const members = membersOfSchema(schema).map(
    ({ key, schema: inner, isRequired }) => `${key}${isRequired ? '' : '?'}: ${write(inner)}`,
  )
  if (members.length === 0) {
    return `Record<string, ${rest === false ? 'never' : isRecord(rest) ? write(rest) : 'unknown'}>`
  }
  return `{ ${members.join('; ')} }`
}

function literal(value: unknown): string {
  return typeof value === 'object' && value !== null ? 'unknown' : JSON.stringify(value)
}

function join(operator: ' | ' | ' & ', types: readonly string[]): string {
  const different = [...new Set(types)]
  if (different.length <= 1) return different[0] ?? 'unknown'
  return different.map((type) => (/ [|&] /.test(type) ? `(${type})` : type)).join(operator)
}
