import { type ConversionConfig, toJsonSchema } from '@valibot/to-json-schema'
import type { GenericSchema } from 'valibot'
import { CoreError } from '../errors.ts'
import type { AnySchema } from '../schema.ts'
import { KEEPS_TYPE } from '../valibot-actions.ts'
import type { Conversion } from './json-schema.ts'
import type { JsonSchema } from './message-types.ts'

/** Converts a valibot schema; the named schemas inside it become references. */
export function fromValibot(schema: AnySchema, conversion: Conversion): JsonSchema {
  const { side, componentOf } = conversion
  // several schemas may share one component, so each has a key of its own
  const names = new Map<string, string>()
  const definitions: Record<string, GenericSchema> = {}
  let needsWord = false
  for (const inner of valibotSchemasIn(schema)) {
    needsWord ||= WITHOUT_JSON.has((inner as GenericSchema).type) || needsNothing(inner)
    const name = componentOf(inner)
    if (name === undefined) continue
    const key = `${name} ${names.size}`
    names.set(key, name)
    definitions[key] = inner as GenericSchema
  }

  // toJsonSchema's `definitions` are what it refers to instead of writing it out
  const { $schema, $defs, ...json } = toJsonSchema(schema as GenericSchema, {
    target: 'draft-2020-12',
    typeMode: side,
    errorMode: 'throw',
    // JSON Schema has no word for them
    ignoreActions: IGNORED,
    definitions,
    // asked of every schema, so only where there is one
    ...(needsWord && {
      overrideSchema: ({ valibotSchema, jsonSchema, errors }) =>
        wordOf(valibotSchema.type, conversion) ?? (errors ? undefined : withoutNothing(jsonSchema)),
    }),
    overrideAction: withoutWord,
    overrideRef: ({ referenceId }) => `#/components/schemas/${names.get(referenceId)}`,
  }) as JsonSchema

  for (const [key, definition] of Object.entries($defs ?? {})) {
    const name = names.get(key)
    if (name === undefined) {
      throw new CoreError('schema', "a recursive schema needs a name: wrap it in named('Name', …)")
    }
    conversion.define(name, definition)
  }
  return json
}

const IGNORED = [...KEEPS_TYPE]

const WITHOUT_JSON = new Set(['bigint', 'blob', 'date', 'file', 'instance'])

const OPTIONAL = new Set(['exact_optional', 'nullish', 'optional'])

/** What JSON has no word for has one where it is text on the wire, or a part of a form. */
function wordOf(type: string, { side, wire }: Conversion): JsonSchema | undefined {
  if (type === 'date' && (side === 'output' || wire === 'text')) {
    return { type: 'string', format: 'date-time' }
  }
  if (wire === 'json') return undefined
  if (type === 'bigint') return { type: 'integer' }
  if (type === 'file' || type === 'blob') return { type: 'string', format: 'binary' }
  return type === 'instance' ? {} : undefined
}

/** Whether an object may be empty. */
function needsNothing(schema: object): boolean {
  const { entries } = schema as { entries?: Readonly<Record<string, { type: string }>> }
  if (entries === undefined) return false
  return Object.values(entries).every(({ type }) => OPTIONAL.has(type))
}

/** An empty `required` says what its absence says. */
function withoutNothing<TJson extends { required?: unknown }>(
  json: TJson,
): Omit<TJson, 'required'> | undefined {
  if (!Array.isArray(json.required) || json.required.length > 0) return undefined
  const { required, ...rest } = json
  return rest
}

type Override = NonNullable<ConversionConfig['overrideAction']>

/** Leaves out a check that JSON Schema has no word for: the document then says less, and nothing wrong. */
const withoutWord: Override = ({ valibotAction: action, jsonSchema, errors }) => {
  if (action.type === 'mime_type' && jsonSchema.format === 'binary') {
    const { requirement } = action as unknown as { requirement: readonly string[] }
    return requirement.length === 1
      ? { ...jsonSchema, contentMediaType: requirement[0] }
      : jsonSchema
  }
  if (errors === undefined || action.kind !== 'validation') return undefined
  // an expression with flags is written as if it had none
  const { pattern, ...rest } = jsonSchema
  const { source } = (action as { requirement?: { source?: unknown } }).requirement ?? {}
  return action.type === 'regex' && pattern === source ? rest : jsonSchema
}

/** The title that `v.title` gave. */
export function valibotTitleOf(schema: AnySchema): string | undefined {
  // schemas of other libraries have a `pipe` that is a method
  if (!('pipe' in schema) || schema['~standard'].vendor !== 'valibot') return undefined
  const pipe = schema.pipe as readonly { type: string; title?: string }[]
  return pipe.findLast((item) => item.type === 'title')?.title
}

/** Where the schemas inside a valibot schema lie; which of these it has depends on its type. */
interface ValibotParts {
  readonly kind: string
  readonly type: string
  readonly entries?: Readonly<Record<string, ValibotParts>>
  readonly pipe?: readonly ValibotParts[]
  readonly items?: readonly ValibotParts[]
  /** Schemas of a union, values of a picklist or an enumeration. */
  readonly options?: readonly unknown[]
  readonly item?: ValibotParts
  readonly key?: ValibotParts
  readonly value?: ValibotParts
  readonly rest?: ValibotParts
  readonly wrapped?: ValibotParts
  readonly getter?: (input: unknown) => ValibotParts
}

/** All schemas of a valibot schema, as far as they are converted; itself first. */
function valibotSchemasIn(root: AnySchema): ReadonlySet<AnySchema> {
  const found = new Set<ValibotParts>()
  const visit = (value: unknown): void => {
    if (!isSchema(value) || found.has(value)) return
    found.add(value)
    const { entries, pipe, items, options, item, key, value: values, rest, wrapped, getter } = value
    if (entries) for (const name in entries) visit(entries[name])
    if (pipe) pipe.forEach(visit)
    if (items) items.forEach(visit)
    if (options) options.forEach(visit)
    if (item) visit(item)
    if (key) visit(key)
    if (values) visit(values)
    if (rest) visit(rest)
    if (wrapped) visit(wrapped)
    if (getter) visit(getter(undefined))
  }
  visit(root)
  // valibot's own type of a schema says nothing of what it consists of
  return found as ReadonlySet<unknown> as ReadonlySet<AnySchema>
}

/** A pipe has actions too, and a picklist has values. */
function isSchema(value: unknown): value is ValibotParts {
  return (value as ValibotParts | undefined)?.kind === 'schema'
}
