import { validate } from '@hyperjump/json-schema/openapi-3-1'
import { validate as validate32 } from '@hyperjump/json-schema/openapi-3-2'
import { createConfig, lintFromString } from '@redocly/openapi-core'
import { type RulesetDefinition, Spectral } from '@stoplight/spectral-core'
import { oas } from '@stoplight/spectral-rulesets'

/** Lists the errors that a linter or a schema finds in an OpenAPI document, without warnings. */
export type DocumentErrors = (text: string) => Promise<readonly string[]>

const SCHEMA = 'https://spec.openapis.org/oas/3.1/schema-base'
const SCHEMA_32 = 'https://spec.openapis.org/oas/3.2/schema-base'
const SPECTRAL_ERROR = 0

/**
 * Errors by the official JSON Schema of the document's version of OpenAPI, including its Schema Objects.
 *
 * @see https://spec.openapis.org/oas/3.1/schema-base
 */
export const officialErrors: DocumentErrors = async (text) => {
  const document = JSON.parse(text)
  const is32 = document.openapi.startsWith('3.2.')
  const result = is32
    ? await validate32(SCHEMA_32, document, 'BASIC')
    : await validate(SCHEMA, document, 'BASIC')
  if (result.valid) return []
  return (result.errors ?? []).map(
    ({ instanceLocation, absoluteKeywordLocation }) =>
      `${instanceLocation} breaks ${absoluteKeywordLocation}`,
  )
}

/** Errors by Redocly's recommended rules. */
export const redoclyErrors: DocumentErrors = async (text) => {
  const config = await createConfig({ extends: ['recommended'] })
  const problems = await lintFromString({ source: text, config })
  return problems
    .filter(({ severity }) => severity === 'error')
    .map(({ ruleId, message, location }) => `${location[0]?.pointer} ${ruleId}: ${message}`)
}

/** Errors by Spectral's recommended rules for OpenAPI. */
export const spectralErrors: DocumentErrors = async (text) => {
  const spectral = new Spectral()
  // the two packages have different types for a ruleset
  spectral.setRuleset({ extends: [[oas as RulesetDefinition, 'recommended']] })
  const results = await spectral.run(text)
  return results
    .filter(({ severity }) => severity === SPECTRAL_ERROR)
    .map(({ path, code, message }) => `${path.join('/')} ${code}: ${message}`)
}
