import type { JsonSchema } from '../definition/openapi-message-types.ts'

const COMPONENTS = '#/components/schemas/'

/** Keywords whose value is data. */
const DATA = new Set(['const', 'default', 'enum', 'example', 'examples'])
/** Keywords whose value holds schemas by user-chosen names. */
const BY_NAME = new Set(['properties', 'patternProperties', 'dependentSchemas', '$defs'])

/** The reference to a component. */
export function referenceTo(name: string): { readonly $ref: string } {
  return { $ref: `${COMPONENTS}${name}` }
}

/** The name of the component that a reference leads to or into. */
export function componentIn(reference: string): string | undefined {
  return reference.startsWith(COMPONENTS)
    ? reference.slice(COMPONENTS.length).split('/')[0]
    : undefined
}

/** Returns a schema with its references renamed. */
export function renameReferences(
  schema: JsonSchema,
  rename: (reference: string) => string,
): JsonSchema {
  const visit = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(visit)
    return isObject(value) ? renameReferences(value, rename) : value
  }
  return mapMembers(schema, (keyword, value) => {
    if (DATA.has(keyword)) return value
    if (keyword === '$ref' && typeof value === 'string') return rename(value)
    if (BY_NAME.has(keyword) && isObject(value))
      return mapMembers(value, (_, inner) => visit(inner))
    if (keyword === 'discriminator' && isObject(value)) return renameMapping(value, rename)
    return visit(value)
  })
}

function renameMapping(
  discriminator: JsonSchema,
  rename: (reference: string) => string,
): JsonSchema {
  const { mapping } = discriminator
  if (!isObject(mapping)) return discriminator
  return { ...discriminator, mapping: mapMembers(mapping, (_, value) => rename(String(value))) }
}

function mapMembers(
  schema: JsonSchema,
  map: (keyword: string, value: unknown) => unknown,
): JsonSchema {
  return Object.fromEntries(Object.entries(schema).map(([key, value]) => [key, map(key, value)]))
}

function isObject(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null
}
