import type { ValidationTargets } from 'hono'
import { loadDeclared } from '#late'
import type { RequestDefinition } from '../definition/definition.ts'
import { essenceOf, FORM_TYPE, JSON_TYPE, MULTIPART_TYPE } from '../definition/media-type.ts'
import { BODY_PART, PARAMETER_PARTS, type PartLocation } from '../definition/parts.ts'
import type { AnySchema } from '../definition/schema.ts'
import { takesNothing } from '../schemas/takes-nothing.ts'
import type { Coerce } from './coerce.ts'
import { fieldReader, type ReadFields } from './fields.ts'

/** The steps that read the requests of one operation; made once. */
export interface RequestPlan {
  readonly parameters: readonly ParameterPlan[]
  readonly bodies: Readonly<Record<string, BodyPlan>> | undefined
  /** The media type of the body that is optional. */
  readonly optional: string | undefined
}

/** One part of a request: its name in problems, its target in `c.req.valid(…)`, and its schema. */
export interface PartPlan {
  readonly location: PartLocation
  readonly target: keyof ValidationTargets | undefined
  readonly standard: AnySchema['~standard']
}

export interface ParameterPlan extends PartPlan {
  readonly read: ReadFields
}

export interface BodyPlan extends PartPlan {
  readonly limit: number | undefined
  readonly coerce: Coerce | undefined
}

/** Makes the plan for the requests of an operation. */
export async function requestPlanOf(request: RequestDefinition): Promise<RequestPlan> {
  const parameters: ParameterPlan[] = []
  for (const { part, location, target } of PARAMETER_PARTS) {
    const schema = request[part]
    if (!schema) continue
    const standard = schema['~standard']
    parameters.push({ location, target, standard, read: await fieldReader(part, schema) })
  }

  const { content } = request
  if (!content) return { parameters, bodies: undefined, optional: undefined }
  const bodies: Record<string, BodyPlan> = {}
  for (const [type, { schema, limit }] of Object.entries(content)) {
    const essence = essenceOf(type)
    const isForm = essence === FORM_TYPE || essence === MULTIPART_TYPE
    bodies[type] = {
      location: BODY_PART.location,
      target: isForm ? 'form' : essence === JSON_TYPE ? 'json' : undefined,
      standard: schema['~standard'],
      limit,
      coerce: isForm ? (await loadDeclared()).formCoercionOf(schema) : undefined,
    }
  }
  const optional = Object.keys(content).find((type) => takesNothing(content[type]?.schema))
  return { parameters, bodies, optional }
}
