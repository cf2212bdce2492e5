import { toJsonSchema } from '@valibot/to-json-schema'
import { countAsked, tellCost } from './measure.ts'
import { schemasOf } from './schemas.ts'

// all that the operations declare, converted and nothing else
const schemas = Array.from({ length: countAsked() }, (_, index) =>
  Object.values(schemasOf(index)),
).flat()

await tellCost(() => schemas.map((schema) => toJsonSchema(schema, { target: 'draft-2020-12' })))
