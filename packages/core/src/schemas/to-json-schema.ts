import { CoreError, type CoreErrorCode } from '../definition/errors.ts'
import type { JsonSchema } from '../definition/openapi-message-types.ts'
import type { AnySchema } from '../definition/schema.ts'
import { arkTypeOptions } from './arktype.ts'
import type { Conversion, Converted, ToJsonSchema } from './conversion.ts'
import { withComponents } from './local-references.ts'
import { noConverter } from './no-converter.ts'
import { remedyFor } from './refusal.ts'
import { converterOf, TARGET } from './standard.ts'
import { valibotConverter } from './valibot/converter.ts'
import { zodOptions } from './zod.ts'

/**
 * Returns a function that converts schemas to JSON Schema: by the application's converter for their library, by their
 * own (`~standard.jsonSchema`), or, for valibot, by ours.
 *
 * @throws {CoreError} with `schema`, naming the place, when a schema has no JSON form
 */
export function createToJsonSchema(conversion: Conversion): ToJsonSchema {
  const { side, converters } = conversion
  const fromValibot = valibotConverter(conversion)

  const convert = (schema: AnySchema): Converted | undefined => {
    const { vendor } = schema['~standard']
    // most applications have none, and every schema comes here
    const converter = converters.length > 0 && converters.find((one) => one.vendor === vendor)
    if (converter) {
      const json: JsonSchema = { ...converter.toJsonSchema(schema, { side }) }
      return withComponents(json, { schema, names: new Set() }, conversion)
    }
    const own = converterOf(schema)
    if (own) {
      const { names, libraryOptions } = optionsOf(vendor, conversion)
      const json = own[side]({ target: TARGET, libraryOptions })
      return withComponents(json, { schema, names }, conversion)
    }
    return vendor === 'valibot' ? { json: fromValibot(schema) } : undefined
  }

  return (schema, place) => {
    const problem = (why: string, options?: ErrorOptions, code: CoreErrorCode = 'schema') =>
      new CoreError(code, `${place} cannot be documented: ${why}`, options)
    let converted: Converted | undefined
    try {
      converted = convert(schema)
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause)
      if (cause instanceof CoreError) throw problem(why, { cause }, cause.code)
      throw problem(`${why.replace(/\.?$/, '.')} ${remedyFor(side)}`, { cause })
    }
    if (converted) return converted
    throw noConverter(place, schema['~standard'].vendor)
  }
}

/** The options of a library's converter, and the names of the components that it then writes into `$defs`. */
interface LibraryOptions {
  readonly libraryOptions?: Record<string, unknown> | undefined
  readonly names: ReadonlySet<string>
}

const NO_NAMES: ReadonlySet<string> = new Set()

function optionsOf(vendor: string, conversion: Conversion): LibraryOptions {
  if (vendor === 'zod') return zodOptions(conversion)
  const libraryOptions = vendor === 'arktype' ? arkTypeOptions(conversion) : undefined
  return { libraryOptions, names: NO_NAMES }
}
