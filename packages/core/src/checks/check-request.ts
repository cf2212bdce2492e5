import type { OperationDefinition } from '../definition/definition.ts'
import { CoreError } from '../definition/errors.ts'
import { essenceOf, FORM_TYPE, isJson, MULTIPART_TYPE } from '../definition/media-type.ts'
import { PARAMETER_PARTS } from '../definition/parts.ts'
import { pathParametersOf, placeOf } from '../definition/path.ts'
import type { AnySchema } from '../definition/schema.ts'
import { fieldsOf, takesString, textShapeOf } from '../schemas/text-shape.ts'

/** The faults of what an operation declares of its requests and response headers: declarations that no request can meet. */
export function requestFaults(definition: OperationDefinition): CoreError[] {
  const { request, responses } = definition
  const { content = {} } = request
  const place = placeOf(definition)
  const faults = PARAMETER_PARTS.flatMap(({ part }) => {
    const schema = request[part]
    return schema ? fieldFaults(schema, `.${part}(…) of ${place}`) : []
  })
  for (const [type, { schema }] of Object.entries(content)) {
    faults.push(...bodyFaults(schema, type, `.bodyAs('${type}', …) of ${place}`))
  }
  for (const [status, { headers }] of Object.entries(responses)) {
    if (headers)
      faults.push(...fieldFaults(headers, `the headers of .response(${status}, …) of ${place}`))
  }
  return [...faults, ...pathFaults(definition)]
}

/** The faults of a schema for parameters or the fields of a form. */
export function fieldFaults(schema: AnySchema, place: string, hasFiles = false): CoreError[] {
  const fields = fieldsOf(textShapeOf(schema), hasFiles)
  if (!fields) {
    return [
      new CoreError(
        'schema',
        `${place} has a schema that is no object; give it an object with a member for each value, such as v.object({ page: v.number() })`,
      ),
    ]
  }
  return fields.unspelled.map(
    (name) =>
      new CoreError(
        'schema',
        name === '*'
          ? `${place} takes members that it does not name, which stay text, as another type; name them, or declare them as text`
          : `${place} has the member '${name}', whose values no text can spell; declare it as text, and let the schema parse it`,
      ),
  )
}

/** The faults of a schema for a body of a media type. */
export function bodyFaults(schema: AnySchema, type: string, place: string): CoreError[] {
  const essence = essenceOf(type)
  if (isJson(essence) || essence.includes('*')) return []
  if (essence === FORM_TYPE || essence === MULTIPART_TYPE) {
    return fieldFaults(schema, place, essence === MULTIPART_TYPE)
  }
  const shape = textShapeOf(schema)
  const isText = essence.startsWith('text/')
  if (isText ? takesString(shape, false) : shape.is === 'any' || shape.is === 'union') return []
  return [
    new CoreError(
      'schema',
      `${place} has a schema that does not take ${isText ? 'a string' : 'a Uint8Array'}, as which such a body is read; declare one, and let the schema parse it`,
    ),
  ]
}

function pathFaults(definition: OperationDefinition): CoreError[] {
  const { params } = definition.request
  const fields = params && fieldsOf(textShapeOf(params), false)
  if (!fields) return []
  const place = placeOf(definition)
  const names = pathParametersOf(definition.path)
  const lost = fields.names.filter((name) => !names.includes(name))
  const left = fields.isClosed ? names.filter((name) => !fields.names.includes(name)) : []
  return [
    ...lost.map(
      (name) =>
        new CoreError(
          'path',
          `.params(…) of ${place} has the member '${name}', which the path lacks; write ':${name}' in the path, or take the member out`,
        ),
    ),
    ...left.map(
      (name) =>
        new CoreError(
          'path',
          `.params(…) of ${place} refuses every request, since it lacks the path parameter '${name}' and takes no other members; add it`,
        ),
    ),
  ]
}
