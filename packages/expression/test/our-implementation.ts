import {
  canonicalize,
  evaluate,
  parseExpression,
  parseTemplate,
  type ResolutionFailure,
  resolveUrl,
} from '../src/index.ts'
import type { TestedImplementation } from '../src/vectors.ts'

/** This package, for the vectors' runner. */
export const ourImplementation: TestedImplementation = {
  parse: parseExpression,
  evaluate: (expression, exchange, options) => {
    const resolution = evaluate(parseExpression(expression), exchange, options)
    return resolution.ok ? resolution.value : raise(resolution)
  },
  resolveUrl: (key, exchange, options) => {
    const resolution = resolveUrl(parseTemplate(key), exchange, options)
    return resolution.ok ? resolution.url : raise(resolution)
  },
  canonicalize,
}

function raise({ code, message }: ResolutionFailure): never {
  throw Object.assign(new Error(message), { code })
}
