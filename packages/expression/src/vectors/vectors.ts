import type { Exchange, ExchangeRequest, ExchangeResponse } from '../exchange.ts'
import { data } from './data.ts'
import type { VectorBasis, VectorMode, VectorOptions, VectorOutcome } from './vector.ts'

/** One case: a question, the expected outcome, and the reason for it. */
export interface Vector {
  readonly id: string
  readonly group: string
  readonly basis: VectorBasis
  readonly why: string
  readonly mode: VectorMode
  /** The expression of `parse` and `evaluate`, or else the callback key. */
  readonly source: string
  readonly exchange: Exchange
  readonly options: VectorOptions
  readonly expect: VectorOutcome
}

/** The format of the file, in which a vector has only its differences from the defaults. */
export interface VectorData {
  readonly defaults: { readonly request: ExchangeRequest; readonly response: ExchangeResponse }
  readonly vectors: readonly StoredVector[]
}

interface StoredVector {
  readonly id: string
  readonly group: string
  readonly basis: VectorBasis
  readonly why: string
  readonly mode: VectorMode
  readonly expression?: string
  readonly template?: string
  readonly request?: Partial<ExchangeRequest> & { readonly noBody?: boolean }
  readonly response?: Partial<ExchangeResponse> | null
  /** The request's body as JSON text: an object literal cannot have a member `__proto__`. */
  readonly rawBody?: string
  readonly options?: VectorOptions
  readonly expect: VectorOutcome
}

/**
 * Cases of the specification and the RFCs, and for questions that they leave open, each with its reason.
 *
 * @example
 * vectors.find(({ id }) => id === 'pv-body-slash')?.why
 * // 'RFC 6901: "/" is the key "" and not the whole document'
 */
export const vectors: readonly Vector[] = data.vectors.map((stored) => {
  const { id, group, basis, why, mode, expression, template, options = {}, expect } = stored
  const source = expression ?? template ?? ''
  return { id, group, basis, why, mode, source, exchange: exchangeOf(stored), options, expect }
})

function exchangeOf({ request = {}, response, rawBody }: StoredVector): Exchange {
  const { noBody, ...changes } = request
  const { body, ...merged } = { ...data.defaults.request, ...changes }
  const sent = rawBody === undefined ? body : JSON.parse(rawBody)
  return {
    request: noBody ? merged : { ...merged, body: sent },
    ...(response !== null && { response: { ...data.defaults.response, ...response } }),
  }
}
