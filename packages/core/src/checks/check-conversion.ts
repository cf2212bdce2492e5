import type { OperationDefinition, OutgoingDefinition } from '../definition/definition.ts'
import type { CoreError } from '../definition/errors.ts'
import { PARAMETER_PARTS } from '../definition/parts.ts'
import type { AnySchema } from '../definition/schema.ts'
import { hasConverter, noConverter } from '../schemas/no-converter.ts'

/** Finds schemas that no document can have, once for each library. */
export interface ConversionCheck {
  readonly operationFaults: (definition: OperationDefinition, place: string) => CoreError[]
  readonly outgoingFaults: (definition: OutgoingDefinition, place: string) => CoreError[]
}

/** Makes the check; the application has converters for the schemas of some libraries. */
export function createConversionCheck(convertedVendors: readonly string[]): ConversionCheck {
  const known = new Set(convertedVendors)
  const faultsOf = (schema: AnySchema | undefined, place: string): CoreError[] => {
    if (schema === undefined || hasConverter(schema)) return []
    const { vendor } = schema['~standard']
    if (known.has(vendor)) return []
    known.add(vendor)
    return [noConverter(place, vendor)]
  }
  const responseFaults = ({ responses }: Pick<OutgoingDefinition, 'responses'>, place: string) =>
    Object.entries(responses).flatMap(([status, { schema, headers, content = {} }]) =>
      [schema, headers, ...Object.values(content)].flatMap((one) =>
        faultsOf(one, `the ${status} response of ${place}`),
      ),
    )
  return {
    operationFaults({ request, responses }, place) {
      const { content = {} } = request
      return [
        ...PARAMETER_PARTS.flatMap(({ part }) =>
          faultsOf(request[part], `.${part}(…) of ${place}`),
        ),
        ...Object.values(content).flatMap(({ schema }) => faultsOf(schema, `the body of ${place}`)),
        ...responseFaults({ responses }, place),
      ]
    },
    outgoingFaults(definition, place) {
      const { body, headers, query } = definition
      return [
        ...faultsOf(body, `the body of ${place}`),
        ...faultsOf(headers, `.headers(…) of ${place}`),
        ...faultsOf(query, `.query(…) of ${place}`),
        ...responseFaults(definition, place),
      ]
    },
  }
}
