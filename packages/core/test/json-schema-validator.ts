import {
  registerSchema,
  type SchemaObject,
  setShouldValidateFormat,
  validate,
} from '@hyperjump/json-schema/draft-2020-12'
import '@hyperjump/json-schema/formats'

setShouldValidateFormat(true)

let count = 0

/** Creates a validator from a JSON Schema, which is checked itself; formats are asserted. */
export async function validatorOf(json: object): Promise<(value: unknown) => boolean> {
  const url = `https://schemas.example/${count++}`
  registerSchema(json as SchemaObject, url, 'https://json-schema.org/draft/2020-12/schema')
  const validator = await validate(url)
  return (value) => validator(value as Parameters<typeof validator>[0]).valid
}
