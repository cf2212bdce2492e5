import type { JsonSchema } from '../definition/openapi-message-types.ts'

const COMPONENTS = '#/components/schemas/'

// keywords whose value is data, and those that hold schemas by names of the user's
const DATA = new Set(['const', 'default', 'enum', 'example', 'examples'])
const BY_NAME = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs'])

/** The reference to a component. */
export function referenceTo(name: string): { readonly $ref: string } {
  return { $ref: `${COMPONENTS}${name}` }
}

/** The component that a reference leads to, itself or a part of it. */
export function componentIn(reference: string): string | undefined {
  return reference.startsWith(COMPONENTS)
    ? reference.slice(COMPONENTS.length).split('/')[0]
    : undefined
}

/** The same schema, its references renamed. */
export function renameReferences(
  schema: JsonSchema,
  rename: (reference: string) => string,
): JsonSchema {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit)
    return typeof value === 'object' && value !== null
      ? renameReferences(value as JsonSchema, rename)
      : value
  }
  return mapMembers(schema, (keyword, value) => {
    if (DATA.has(keyword)) return value
    if (BY_NAME.has(keyword)) return mapMembers(value as JsonSchema, (_, inner) => visit(inner))
    if (keyword === 'discriminator') return renameMapping(value as JsonSchema, rename)
    return keyword === '$ref' && typeof value === 'string' ? rename(value) : visit(value)
  })
}

function renameMapping(
  discriminator: JsonSchema,
  rename: (reference: string) => string,
): JsonSchema {
  const { mapping } = discriminator as { mapping?: Readonly<Record<string, string>> }
  if (mapping === undefined) return discriminator
  return { ...discriminator, mapping: mapMembers(mapping, (_, value) => rename(String(value))) }
}

function mapMembers(
  schema: JsonSchema,
  map: (keyword: string, value: unknown) => unknown,
): JsonSchema {
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, map(key, value)]))
}
