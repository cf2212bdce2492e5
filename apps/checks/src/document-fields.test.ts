import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import '@hyperjump/json-schema/openapi-3-1'
import '@hyperjump/json-schema/openapi-3-2'
import { getSchema } from '@hyperjump/json-schema/experimental'
import { describe, expect, it } from 'vitest'
import { ROOT } from './workspace.ts'

/** The objects, by their names on the page and in the official schemas. */
const OBJECTS = {
  Operation: 'operation',
  'Path Item': 'path-item',
  Parameter: 'parameter',
  'Request Body': 'request-body',
  'Media Type': 'media-type',
  Response: 'response',
  Header: 'header',
  Link: 'link',
  Example: 'example',
  Encoding: 'encoding',
  'Security Scheme': 'security-scheme',
  Tag: 'tag',
  Server: 'server',
  Info: 'info',
  'External Documentation': 'external-documentation',
} as const

interface Schema {
  readonly $ref?: string
  readonly properties?: Readonly<Record<string, unknown>>
  readonly $defs?: Readonly<Record<string, Schema>>
  readonly dependentSchemas?: Readonly<Record<string, Schema>>
  readonly allOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly if?: Schema
  readonly then?: Schema
  readonly else?: Schema
}

async function officialSchema(version: '3.1' | '3.2'): Promise<Schema> {
  const { document } = await getSchema(`https://spec.openapis.org/oas/${version}/schema`)
  // references are objects there, which stringify to their text
  return JSON.parse(JSON.stringify(document.root))
}

/** All fields that a schema names, at any depth of its applicators. */
function fieldsOf(schema: Schema | undefined, root: Schema): string[] {
  if (schema === undefined) return []
  const { $ref, properties = {}, dependentSchemas = {}, allOf, anyOf, oneOf } = schema
  let target: unknown = $ref === undefined ? undefined : root
  for (const name of $ref?.split('/').slice(1) ?? []) {
    target = (target as Readonly<Record<string, unknown>>)[name]
  }
  const inner = [
    target as Schema | undefined,
    ...[allOf, anyOf, oneOf].flatMap((list) => list ?? []),
    ...[schema.if, schema.then, schema.else],
    ...Object.values(dependentSchemas),
  ]
  return [...Object.keys(properties), ...inner.flatMap((one) => fieldsOf(one, root))]
}

/** Reads the fields that the page lists, by object. */
function readListedFields(): Map<string, string[]> {
  const page = readFileSync(join(ROOT, 'docs/document.md'), 'utf8')
  const sections = page.split(/^### /m).slice(1)
  return new Map(
    sections.map((section) => {
      const rows = [...section.matchAll(/^\| (\S+) +\| +(\S.*?) +\|$/gm)]
      const fields = rows.flatMap(([, field = '']) => (/^(?:field|-+)$/.test(field) ? [] : field))
      return [section.slice(0, section.indexOf('\n')), fields]
    }),
  )
}

describe('docs/document.md lists', () => {
  const listed = readListedFields()

  it.each(['3.1', '3.2'] as const)('every field of OpenAPI %s', async (version) => {
    const schema = await officialSchema(version)
    for (const [name, definition] of Object.entries(OBJECTS)) {
      const fields = new Set(fieldsOf(schema.$defs?.[definition], schema))
      expect(fields.size, name).toBeGreaterThan(1)
      const lacking = [...fields].filter((field) => !listed.get(name)?.includes(field))
      expect(lacking, `fields of ${name}`).toEqual([])
    }
  })

  it('no field that neither version has, and no field twice', async () => {
    const schemas = await Promise.all([officialSchema('3.1'), officialSchema('3.2')])
    for (const [name, definition] of Object.entries(OBJECTS)) {
      const fields = schemas.flatMap((schema) => fieldsOf(schema.$defs?.[definition], schema))
      const its = listed.get(name) ?? []
      expect(
        its.filter((field) => !fields.includes(field)),
        name,
      ).toEqual([])
      expect(new Set(its).size, name).toBe(its.length)
    }
    expect([...listed.keys()]).toEqual(
      expect.arrayContaining(['Callback', ...Object.keys(OBJECTS)]),
    )
  })
})
