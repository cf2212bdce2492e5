import * as v from 'valibot'
import type { Row } from './valibot-table.ts'

type Factory = (...args: readonly unknown[]) => v.GenericSchema

/** Exports of valibot that create neither schemas nor actions. */
const METHODS = new Set(
  `assert cache cacheAsync config entriesFromList entriesFromObjects fallback fallbackAsync flatten forward
  forwardAsync getDefault getDefaults getDefaultsAsync getDescription getDotPath getExamples getFallback
  getFallbacks getFallbacksAsync getMetadata getTitle is isOfKind isOfType isValiError keyof message omit parse
  parseAsync parser parserAsync partial partialAsync pick pipe pipeAsync required requiredAsync safeParse
  safeParseAsync safeParser safeParserAsync summarize unwrap ValiError
  deleteGlobalConfig deleteGlobalMessage deleteSchemaMessage deleteSpecificMessage getGlobalConfig
  getGlobalMessage getSchemaMessage getSpecificMessage setGlobalConfig setGlobalMessage setSchemaMessage
  setSpecificMessage`.split(/\s+/),
)

const EXPORTS = new Map<string, unknown>(Object.entries(v))

/** The names of all schemas and actions that valibot exports, without the aliases for reserved words such as `null_`. */
export function exportedNames(): readonly string[] {
  return [...EXPORTS]
    .filter(([name, value]) => typeof value === 'function' && !name.startsWith('_'))
    .filter(([name]) => !METHODS.has(name) && !name.endsWith('_'))
    .map(([name]) => name)
}

/** The names of a row: its own, and its asynchronous variant's. */
export function namesOf({ name }: Row): readonly string[] {
  return EXPORTS.has(`${name}Async`) ? [name, `${name}Async`] : [name]
}

/** The action or schema that a name of a row creates. */
export function instanceOf({ args = [] }: Row, name: string): v.GenericSchema {
  return (EXPORTS.get(name) as Factory)(...args)
}

/** The schema of a row by one of its names: its own, or one with its action. */
export function schemaOf(row: Row, name: string): v.GenericSchema {
  const instance = instanceOf(row, name)
  if (row.on === undefined) return instance
  const pipe = (name.endsWith('Async') ? v.pipeAsync : v.pipe) as unknown as Factory
  return pipe(row.on, instance)
}
