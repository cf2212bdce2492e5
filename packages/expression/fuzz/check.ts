import {
  canonicalize,
  capture,
  type DeclaredNames,
  type Exchange,
  ExpressionError,
  evaluate,
  parseExpression,
  parseTemplate,
  readsOf,
  resolveUrl,
} from '../src/index.ts'
import { formatExpression } from '../src/parse-expression.ts'

/** The input for one run through the whole package. */
export interface FuzzCase {
  readonly expression: string
  readonly key: string
  readonly exchange: Exchange
  readonly declared: DeclaredNames
}

const BASE = 'https://base.example/app/'

/**
 * Puts one case through parser, template, canonical form, evaluation, URL and capture.
 *
 * @throws {Error} if anything but an ExpressionError is thrown, or a result breaks a rule
 */
export function check({ expression, key, exchange, declared }: FuzzCase): void {
  checkExpression(expression, exchange, declared)

  const canonical = attempt(() => canonicalize(key, declared))
  if (canonical !== undefined) {
    hold(canonicalize(canonical, declared) === canonical, 'the canonical form has another one')
  }
  for (const one of new Set([key, canonical])) {
    if (one !== undefined) checkKey(one, exchange)
  }
}

function checkExpression(source: string, exchange: Exchange, declared: DeclaredNames): void {
  const expression = attempt(() => parseExpression(source))
  if (!expression) return
  const again = parseExpression(formatExpression(expression))
  hold(JSON.stringify(again) === JSON.stringify(expression), 'printing changed the expression')

  for (const options of [{}, { declared }]) {
    const resolution = evaluate(expression, exchange, options)
    if (resolution.ok) hold(resolution.value !== undefined, 'a value is undefined')
    else hold(resolution.message.length < 400, 'a message is long')
  }
}

function checkKey(key: string, exchange: Exchange): void {
  const template = attempt(() => parseTemplate(key))
  if (!template) return

  const captured = capture(exchange, readsOf(template))
  for (const options of [{}, { base: BASE }]) {
    const resolution = resolveUrl(template, exchange, options)
    const later = resolveUrl(structuredClone(template), captured, options)
    hold(JSON.stringify(later) === JSON.stringify(resolution), 'what is captured gives another URL')
    if (!resolution.ok) continue

    const { href, protocol, username, password, hash } = new URL(resolution.url)
    hold(href === resolution.url, 'the URL parser would change the URL')
    hold(/^https?:$/.test(protocol), 'the scheme is neither http nor https')
    hold(username + password + hash === '', 'there is a user name, a password or a fragment')
    hold(/^[!-~]{1,8192}$/.test(href), 'the URL holds what it must not, or is too long')
  }
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch (error) {
    if (error instanceof ExpressionError) return undefined
    throw error
  }
}

function hold(condition: boolean, otherwise: string): void {
  if (!condition) throw new Error(otherwise)
}
