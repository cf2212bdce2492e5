import { formatPointer } from './pointer.ts'
import { REMEDIES } from './remedy.ts'

/** Usual mistakes, the first that matches wins: a pattern, and how it is written instead. */
const HINTS: readonly (readonly [RegExp, (match: readonly string[]) => string])[] = [
  [/\{\$/, () => REMEDIES.ambiguous],
  [/^(?!\$)/, () => REMEDIES.syntax],
  [
    /^(\$\w+\.body)(?:\.|\/|#(?!\/))(.+)/is,
    ([, body = '', path = '']) => `write '${body}#${formatPointer(path.split(/[./]/))}'`,
  ],
  [/^\$\w+\.body#/i, () => "write '~' as '~0'"],
  [/^\$\w+\.header\./i, () => "name a header with letters, digits and '-'"],
  [/^\$\w+\.(?:query|path)\./i, () => 'write the name as in a JSON string'],
  [/^\$\w+\.(url|method|statusCode)$/i, ([, root]) => `write '$${root}'`],
  [/^\$(?!re(?:quest|sponse)$)(\w+)$/i, ([, name]) => `write '$request.query.${name}'`],
  [/^/, () => "write $url, $method, $statusCode, or as in '$request.body#/id'"],
]

/** Says what is wrong with text that is no runtime expression, and how it would be written. */
export function syntaxHint(source: string): string {
  const start = source.slice(0, 200) // a hint quotes it, and is to stay short
  const hints = HINTS.flatMap(([pattern, hint]) => {
    const match = pattern.exec(start)
    return match ? hint(match) : []
  })
  return `is not a runtime expression: ${hints[0]}`
}
