import type { AnySchema } from '../../definition/schema.ts'

/** The data of a valibot schema that says what is inside; which of it is there depends on `type`. */
export interface ValibotSchema {
  readonly kind: 'schema'
  readonly type: string
  readonly entries?: Readonly<Record<string, AnySchema>>
  readonly item?: AnySchema
  readonly items?: readonly AnySchema[]
  readonly rest?: AnySchema
  readonly key?: AnySchema | string
  readonly value?: AnySchema
  /** Schemas of a union, values of a picklist or an enumeration. */
  readonly options?: readonly unknown[]
  readonly literal?: unknown
  readonly wrapped?: AnySchema
  readonly getter?: (input: unknown) => AnySchema
  readonly default?: unknown
  readonly fallback?: unknown
  readonly pipe?: readonly ValibotItem[]
}

/** What a pipe consists of beside schemas. */
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

/** valibot's schemas are plain objects; this is what they consist of. */
export function dataOf(schema: AnySchema): ValibotSchema {
  return schema as unknown as ValibotSchema
}

/** The schema that some data is. */
export function schemaOf(data: ValibotSchema): AnySchema {
  return data as unknown as AnySchema
}
