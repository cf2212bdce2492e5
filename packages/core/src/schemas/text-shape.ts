import type { AnySchema } from '../definition/schema.ts'
import { converterOf, TARGET } from './standard.ts'
import { type Json, jsonTextShape, LIBRARY_OPTIONS } from './standard-text-shape.ts'
import { valibotTextShape } from './valibot/text-shape.ts'

/**
 * The values that a schema takes, as far as this decides whether text can spell them; smaller than an outline, since
 * every app loads it at start. `any` is unknown, `other` has no text; a `scalar` is text that is converted.
 */
export interface TextShape {
  readonly is: 'any' | 'string' | 'scalar' | 'file' | 'list' | 'object' | 'union' | 'other'
  /** The members of an object by name, the items of a list, or the branches of a union. */
  readonly parts?: Readonly<Record<string, () => TextShape>>
  /** The members of an object that are not named. */
  readonly rest?: (() => TextShape) | undefined
  /** True if an object refuses members that it does not name. */
  readonly isClosed?: boolean
}

/** The fields of a schema for parameters or a form. */
export interface FieldSet {
  readonly names: readonly string[]
  readonly isClosed: boolean
  /** The fields that no text can spell; `*` stands for those that are not named. */
  readonly unspelled: readonly string[]
}

/** The shape of a schema's input: valibot's from its data, others from the JSON Schema of their own converter. */
export function textShapeOf(schema: AnySchema): TextShape {
  if (schema['~standard'].vendor === 'valibot') return valibotTextShape(schema)
  try {
    const json: Json | undefined = converterOf(schema)?.input({
      target: TARGET,
      libraryOptions: LIBRARY_OPTIONS,
    })
    return json ? jsonTextShape(json, json) : { is: 'any' }
  } catch {
    // the document says why it cannot be converted
    return { is: 'any' }
  }
}

/** The fields of a shape; `undefined` if none of its values is an object. */
export function fieldsOf(shape: TextShape, hasFiles: boolean): FieldSet | undefined {
  const { is, parts = {}, rest, isClosed = false } = shape
  if (is === 'any') return { names: [], isClosed, unspelled: [] }
  if (is === 'union') {
    const branches = Object.values(parts).flatMap((part) => fieldsOf(part(), hasFiles) ?? [])
    if (branches.length === 0) return undefined
    return {
      names: branches.flatMap(({ names }) => names),
      isClosed: branches.every((branch) => branch.isClosed),
      unspelled: [...new Set(branches.flatMap(({ unspelled }) => unspelled))],
    }
  }
  if (is !== 'object') return undefined
  const names = Object.keys(parts)
  const unspelled = names.filter((name) => !isSpelled(parts[name]?.(), hasFiles, 0))
  // only named fields are converted
  if (rest && !takesString(rest(), hasFiles)) unspelled.push('*')
  return { names, isClosed, unspelled }
}

/** True if a shape takes some text, or with `hasFiles` a file, as it is. */
export function takesString({ is, parts = {} }: TextShape, hasFiles: boolean): boolean {
  if (is === 'union') return Object.values(parts).some((part) => takesString(part(), hasFiles))
  return is === 'any' || is === 'string' || (hasFiles && is === 'file')
}

// a list may contain itself
const MAX_DEPTH = 8

function isSpelled(shape: TextShape | undefined, hasFiles: boolean, depth: number): boolean {
  const { is, parts = {} } = shape ?? { is: 'any' }
  if (depth > MAX_DEPTH) return true
  const all = Object.values(parts)
  const isPartSpelled = (part: () => TextShape) => isSpelled(part(), hasFiles, depth + 1)
  if (is === 'union') return all.length === 0 || all.some(isPartSpelled)
  if (is === 'list') return all.every(isPartSpelled)
  return is !== 'other' && is !== 'object' && (is !== 'file' || hasFiles)
}
