import { escapeSegment } from '../documents/json-differences.ts'
import { isRecord, type JsonObject } from '../documents/read-document.ts'
import { resolve } from '../documents/resolve.ts'
import { createNames } from './names.ts'

/** Writes JSON Schemas as code; schemas that are referred to become declarations. */
export interface SchemaWriter {
  /** The code of a schema. */
  write(schema: unknown): string
  /** A name of a variable or type that nothing else has. */
  name(text: string, style: 'camel' | 'pascal'): string
  /** The declarations, each after those that it needs. */
  declarations(): string[]
}

/** How one language writes schemas. */
export interface SchemaLanguage {
  /** Writes a schema without `$ref`; `write` writes those inside. */
  write(schema: JsonObject | boolean, write: (schema: unknown) => string): string
  declare(name: string, code: string): string
  /** Names a declaration inside of itself. */
  recur(name: string): string
}

/** Makes a writer for the schemas of a document. */
export function createSchemaWriter(document: JsonObject, language: SchemaLanguage): SchemaWriter {
  const names = createNames()
  const known = new Map<string, { readonly name: string; isDone: boolean }>()
  const declarations: string[] = []

  const write = (schema: unknown): string => {
    if (!isRecord(schema) || typeof schema.$ref !== 'string') return writeOne(schema)
    const { value, pointer, problem } = resolve(document, schema)
    // a schema of another document is anything
    if (problem !== undefined || pointer === undefined) return language.write(true, write)
    const found = known.get(pointer)
    if (found) return found.isDone ? found.name : language.recur(found.name)
    const last = pointer.split('/').at(-1) ?? ''
    const entry = { name: names(last.replaceAll('~1', '-'), 'pascal'), isDone: false }
    known.set(pointer, entry)
    const code = writeOne(value)
    declarations.push(language.declare(entry.name, code))
    entry.isDone = true
    return entry.name
  }
  const writeOne = (schema: unknown) =>
    language.write(isRecord(schema) ? schema : schema !== false, write)

  return { write, name: names, declarations: () => declarations }
}

/** The types of a schema with `null`, as 3.1 and, by `nullable`, 3.0 have it. */
export function typesWithNull(schema: JsonObject): string[] {
  const types = [schema.type].flat().filter((one): one is string => typeof one === 'string')
  if (types.length > 0) return schema.nullable === true ? [...types, 'null'] : types
  if (isRecord(schema.properties) || schema.additionalProperties !== undefined) return ['object']
  return schema.items !== undefined || Array.isArray(schema.prefixItems) ? ['array'] : []
}

/** The members of an object schema: the name as code, its schema, and whether it must be there. */
export function membersOfSchema({ properties, required }: JsonObject) {
  const names = new Set(Array.isArray(required) ? required : [])
  return Object.entries(isRecord(properties) ? properties : {}).map(([name, schema]) => ({
    key:
      /^[A-Za-z_$][\w$]*$/.test(name) && name !== '__proto__' ? name : `[${JSON.stringify(name)}]`,
    pointer: escapeSegment(name),
    schema,
    isRequired: names.has(name),
  }))
}

/** A list of a schema, such as that of `allOf`; empty where there is none. */
export function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
