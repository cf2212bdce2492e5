import type { AnySchema } from '../definition/schema.ts'

/** Whether a schema takes `undefined`, so that a body with this schema may be left out. */
export function takesNothing(schema: AnySchema | undefined): boolean {
  const result = schema?.['~standard'].validate(undefined)
  return result !== undefined && !(result instanceof Promise) && !result.issues
}
