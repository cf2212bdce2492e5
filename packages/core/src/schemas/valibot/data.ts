import type { AnySchema } from '../../definition/schema.ts'

/** The data of a valibot schema; `type` decides which members are present. */
export interface ValibotSchema {
  readonly kind: 'schema'
  readonly type: string
  readonly entries?: Readonly<Record<string, AnySchema>>
  readonly item?: AnySchema
  readonly items?: readonly AnySchema[]
  readonly rest?: AnySchema
  readonly key?: AnySchema | string
  readonly value?: AnySchema
  /** Schemas of a union; values of a picklist or an enumeration. */
  readonly options?: readonly unknown[]
  readonly literal?: unknown
  readonly wrapped?: AnySchema
  readonly getter?: (input: unknown) => AnySchema
  readonly default?: unknown
  readonly fallback?: unknown
  readonly pipe?: Pipe
}

/** A part of a pipe that is no schema. */
export interface ValibotAction {
  readonly kind: 'validation' | 'transformation' | 'metadata'
  readonly type: string
  readonly requirement?: unknown
  readonly title?: string
  readonly description?: string
  readonly examples?: readonly unknown[]
  readonly metadata?: Readonly<Record<string, unknown>>
}

export type ValibotItem = ValibotSchema | ValibotAction

/** A pipe begins with a schema. */
export type Pipe = readonly [ValibotSchema, ...ValibotItem[]]

/** The data of a schema: valibot's schemas are plain objects. */
export function dataOf(schema: AnySchema): ValibotSchema {
  // the types of a Standard Schema say nothing of a library's own members
  return schema as unknown as ValibotSchema
}

/** The schema of some data, the reverse of {@link dataOf}. */
export function schemaOf(data: ValibotSchema): AnySchema {
  return data as unknown as AnySchema
}
