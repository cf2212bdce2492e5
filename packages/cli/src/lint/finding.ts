/** The name of a rule of `lint`. */
export type Rule =
  | 'callback-key'
  | 'callback-url'
  | 'duplicate-operation-id'
  | 'expression-syntax'
  | 'host-value'
  | 'link-parameter'
  | 'link-target'
  | 'missing-responses'
  | 'pointer'
  | 'sensitive-header'
  | 'structure'
  | 'undeclared'
  | 'undeclared-security'
  | 'unresolved-reference'
  | 'value-type'
  | 'webhooks-version'

/** The rules of `lint`: how bad a finding is, and what the rule is about. */
export const RULES: Readonly<Record<Rule, readonly ['error' | 'warning', string]>> = {
  'callback-key': [
    'error',
    'A callback is under a key that is neither a runtime expression nor a URL.',
  ],
  'callback-url': ['error', 'The key of a callback gives no URL that a request can be sent to.'],
  'duplicate-operation-id': [
    'error',
    'Two operations have the same operationId, callbacks and webhooks included.',
  ],
  'expression-syntax': ['error', 'An expression is not in the grammar of runtime expressions.'],
  'host-value': [
    'warning',
    'A value of a request decides the host, or a part of it, that a callback is sent to.',
  ],
  'link-parameter': ['warning', 'A link gives a parameter that its operation does not have.'],
  'link-target': ['error', 'A link leads to no operation.'],
  'missing-responses': [
    'warning',
    'A callback or webhook does not say which responses its receiver owes.',
  ],
  pointer: ['error', 'An expression reads a member that the schema of the body does not have.'],
  'sensitive-header': ['error', 'An expression puts credentials into a URL.'],
  structure: ['error', 'A callback, webhook or link is not an object.'],
  undeclared: ['error', 'An expression reads something that its operation does not declare.'],
  'undeclared-security': [
    'error',
    'A security requirement names a scheme that the document does not have.',
  ],
  'unresolved-reference': ['error', 'A reference leads to nothing.'],
  'value-type': [
    'error',
    'An expression of a URL reads an object or a list, which no URL can hold.',
  ],
  'webhooks-version': ['warning', 'A document of OpenAPI 3.0 has webhooks, which came with 3.1.'],
}

/** Something in a document that is not as it should be. */
export interface Finding {
  readonly rule: Rule
  readonly severity: 'error' | 'warning'
  /** A JSON Pointer to the place in the document. */
  readonly pointer: string
  /** One sentence: what is wrong. */
  readonly message: string
  /** One sentence: what to do about it. */
  readonly remedy: string
}

/** Collects findings, each once. */
export interface Findings {
  readonly all: readonly Finding[]
  add(
    rule: Rule,
    pointer: string,
    sentences: { readonly message: string; readonly remedy: string },
  ): void
}

/** Makes an empty collection. */
export function createFindings(): Findings {
  const all: Finding[] = []
  const known = new Set<string>()
  return {
    all,
    add(rule, pointer, sentences) {
      // a callback that several operations share is walked for each of them
      const key = JSON.stringify([rule, pointer, sentences.message])
      if (known.has(key)) return
      known.add(key)
      all.push({ rule, severity: RULES[rule][0], pointer, ...sentences })
    },
  }
}
