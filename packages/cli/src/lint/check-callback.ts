import { ExpressionError, parseTemplate, type Template } from '@ringback/expression'
import { isRecord, type JsonObject } from '../documents/read-document.ts'
import { checkExpression } from './check-expression.ts'
import type { Rule } from './finding.ts'
import type { CallbackSite, LintContext } from './site.ts'

const HOST_POSITIONS = new Set(['host', 'label', 'port', 'scheme'])

/** Checks the key of a callback, and what its expressions read. */
export function checkCallback(context: LintContext, callback: CallbackSite): void {
  const template = parseKey(context, callback)
  if (template === undefined) return
  const { findings } = context
  const { pointer, parent } = callback
  for (const part of template.parts) {
    if (part.kind === 'literal') continue
    if (HOST_POSITIONS.has(part.position)) {
      findings.add('host-value', pointer, {
        message: `The value of '${part.source}' decides the ${part.position} that the callback '${callback.name}' is sent to.`,
        remedy:
          'Take the whole URL from the request, and check its address before each connection, or write the host out.',
      })
    }
    if (parent === undefined) continue
    const responses = isRecord(parent.operation.responses) ? parent.operation.responses : {}
    checkExpression(context, part.expression, {
      source: part.source,
      pointer,
      site: parent,
      responses: successesOf(responses),
      isInUrl: true,
    })
  }
}

/** The responses after which a callback is sent: those of success where there are some. */
function successesOf(responses: JsonObject): unknown[] {
  const own = Object.entries(responses).filter(([status]) => !status.startsWith('x-'))
  const good = own.filter(([status]) => /^2/.test(status))
  return (good.length > 0 ? good : own).map(([, response]) => response)
}

function parseKey({ findings }: LintContext, callback: CallbackSite): Template | undefined {
  const { key, pointer, name } = callback
  try {
    return parseTemplate(key)
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error
    const [problem = '', ...remedy] = error.message.split('; ')
    const rule = ruleOf(error, key)
    if (rule === 'callback-key') {
      findings.add(rule, pointer, {
        message: `The key of the callback '${name}', '${key.slice(0, 200)}', is neither a runtime expression nor a URL.`,
        remedy: remedyFor(key),
      })
      return undefined
    }
    findings.add(rule, pointer, {
      message: `In the key of the callback '${name}', ${problem}.`,
      remedy: sentence(remedy.join('; ') || 'write a URL, with each expression in braces'),
    })
    return undefined
  }
}

function ruleOf({ code }: ExpressionError, key: string): Rule {
  if (code === 'unsafe-template') return 'host-value'
  if (code === 'sensitive-header') return 'sensitive-header'
  if (code === 'syntax' || code === 'ambiguous') {
    return key.includes('$') ? 'expression-syntax' : 'callback-key'
  }
  // text without an expression that is no URL, such as a description
  if (!key.includes('$') && !/^[a-z][a-z\d+.-]*:\/\//i.test(key)) return 'callback-key'
  return 'callback-url'
}

/** Writes the expression that was probably meant. */
function remedyFor(key: string): string {
  const [, name] = /\{([\w.-]+)\}/.exec(key) ?? []
  return name === undefined
    ? 'Write the runtime expression that gives the URL, such as {$request.body#/callbackUrl}.'
    : `Write {$request.body#/${name}} or {$request.query.${name}}, where the operation declares '${name}'.`
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`
}
