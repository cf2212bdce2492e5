import {
  canonicalize,
  evaluate,
  type Failure,
  parseExpression,
  parseTemplate,
  resolveUrl,
} from '../src/index.ts'
import type { Implementation } from '../src/vectors.ts'

/** This package, as the vectors' runner asks for it. */
export const ourImplementation: Implementation = {
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

function raise({ code, message }: Failure): never {
  throw Object.assign(new Error(message), { code })
}
