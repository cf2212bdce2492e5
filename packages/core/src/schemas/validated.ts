import type { AnySchema } from '../definition/schema.ts'

/** The result of a schema for an absent value; `undefined` where it has none at once. */
export function validDefault(schema: AnySchema, absent?: null): unknown {
  const result = schema['~standard'].validate(absent)
  return result instanceof Promise || result.issues ? undefined : result.value
}

/** Tells whether the schema of a record's keys takes a name. */
export function takesName(key: AnySchema): (name: string) => boolean {
  return (name) => {
    const result = key['~standard'].validate(name)
    return result instanceof Promise || !result.issues
  }
}
