import { toJsonSchema } from '@valibot/to-json-schema'
import { countAsked, tellCost } from './measure.ts'
import { schemasOf } from './schemas.ts'

// one schema for each operation, converted and nothing else
const bodies = Array.from({ length: countAsked() }, (_, index) => schemasOf(index).body)

await tellCost(() => bodies.map((body) => toJsonSchema(body, { target: 'draft-2020-12' })))
