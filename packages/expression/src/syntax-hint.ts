import { formatPointer } from './pointer.ts'

/** Usual mistakes, the first that matches wins: a pattern, and how it is written instead. */
const HINTS: readonly (readonly [RegExp, (match: RegExpExecArray) => string])[] = [
  [/\{\$/, () => 'put each expression in braces'],
  [/^(?!\$)/, () => "begin with '$', as in '$request.body#/id'"],
  [
    /^(\$\w+\.body)(?:\.|\/|#(?!\/))(.+)/is,
    ([, body = '', path = '']) => `write '${body}#${formatPointer(path.split(/[./]/))}'`,
  ],
  [/^\$\w+\.body#/i, () => "write '~' as '~0', and '/' in a name as '~1'"],
  [/^\$\w+\.header\./i, () => "a header name has only letters, digits and !#$%&'*+-.^_`|~"],
  [/^\$\w+\.(?:query|path)\./i, () => 'write the name as in a JSON string'],
  [/^\$\w+\.(url|method|statusCode)$/i, ([, root]) => `write '$${root}'`],
  [/^\$(?!re(?:quest|sponse)$)(\w+)$/i, ([, name]) => `write '$request.query.${name}'`],
]

/** Says what is wrong with text that is no runtime expression, and how it would be written. */
export function syntaxHint(source: string): string {
  let remedy = "write $url, $method, $statusCode, or as in '$request.body#/id'"
  for (const [pattern, hint] of HINTS) {
    const match = pattern.exec(source.slice(0, 200)) // a hint quotes it, and is to stay short
    if (!match) continue
    remedy = hint(match)
    break
  }
  return `is not a runtime expression: ${remedy}`
}
