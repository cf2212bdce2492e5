import { describe, expect, it } from 'vitest'
import {
  type Exchange,
  type ExchangeRequest,
  type ExchangeResponse,
  ExpressionError,
  evaluate,
  parseExpression,
  parseTemplate,
  type ResolveUrlOptions,
  resolveUrl,
} from '../src/index.ts'
import file from './vectors/runtime-expressions.json' with { type: 'json' }

interface Vector {
  readonly id: string
  readonly group: string
  readonly mode: string
  readonly expression?: string
  readonly template?: string
  readonly request?: Partial<ExchangeRequest> & { readonly noBody?: true }
  readonly response?: Partial<ExchangeResponse> | null
  readonly rawBody?: string
  readonly options?: ResolveUrlOptions
  readonly expect: object
  readonly why: string
}

/** Not this package's: the sender judges addresses, and FastAPI's spelling is not read here. */
const ELSEWHERE = new Set(['ssrf-policy', 'fastapi-compat'])

// JSON imports are typed by their literals; the file's header describes this shape
const vectors = file.vectors as readonly Vector[]
const groups = Object.keys(file.groups).filter((group) => !ELSEWHERE.has(group))

function exchangeOf({ request = {}, response, rawBody }: Vector): Exchange {
  const { noBody, ...changes } = request
  const { body, ...merged } = { ...file.defaults.request, ...changes }
  const sent = rawBody === undefined ? body : JSON.parse(rawBody)
  return {
    request: noBody ? merged : { ...merged, body: sent },
    response: response === null ? undefined : { ...file.defaults.response, ...response },
  }
}

function outcomeOf(vector: Vector): object {
  const { mode, expression = '', template = '', options } = vector
  try {
    if (mode === 'parse') return { ast: parseExpression(expression) }

    const exchange = exchangeOf(vector)
    const result =
      mode === 'evaluate'
        ? evaluate(parseExpression(expression), exchange, options)
        : resolveUrl(parseTemplate(template), exchange, options)
    if (!result.ok) return { error: result.code }
    return 'url' in result ? { url: result.url } : { value: result.value }
  } catch (error) {
    if (error instanceof ExpressionError) return { error: error.code }
    throw error
  }
}

describe.each(groups)('vectors: %s', (group) => {
  const cases = vectors.filter((vector) => vector.group === group)

  it('has cases', () => expect(cases).not.toEqual([]))

  it.each(cases)('$id: $why', (vector) => {
    expect(outcomeOf(vector)).toEqual(vector.expect)
  })
})
