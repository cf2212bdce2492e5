import { formatPointer } from './pointer.ts'

/** Usual mistakes, the first that matches wins: a pattern, and how it is written instead. */
const HINTS: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [/\{\$/, () => 'put each expression in braces'],
  [/^(?!\$)/, () => "it begins with '$', as in '$request.body#/id'"],
  [
    /^(\$\w+\.body)(?:\.|\/|#(?!\/))(.+)/is,
    ([, body = '', path = '']) =>
      `a body member is written '${body}#${formatPointer(path.split(/[./]/))}'`,
  ],
  [/^\$\w+\.body#/i, () => "in a pointer '~' is written '~0', and '/' in a name '~1'"],
  [/^\$\w+\.header\./i, () => "a header name has only letters, digits and !#$%&'*+-.^_`|~"],
  [/^\$\w+\.(?:query|path)\./i, () => 'a name is written as in a JSON string'],
  [/^\$\w+\.(url|method|statusCode)$/i, ([, root]) => `it is written '$${root}'`],
  [
    /^\$(?!re(?:quest|sponse)$)(\w+)$/i,
    ([, name]) => `a query parameter is written '$request.query.${name}'`,
  ],
]

/** Says what is wrong with text that is no runtime expression, and how it would be written. */
export function syntaxHint(source: string): string {
  for (const [pattern, hint] of HINTS) {
    const match = pattern.exec(source.slice(0, 200)) // a hint quotes it, and is to stay short
    if (match) return `is not a runtime expression: ${hint(match)}`
  }
  return "is not a runtime expression: it is $url, $method, $statusCode, or like '$request.body#/id' or '$response.header.location'"
}
