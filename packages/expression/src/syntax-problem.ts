import { expandShorthand } from './expand-shorthand.ts'
import { HAS_BLANKS, HAS_NO_NAME, NOT_A_POINTER, PROBLEMS } from './problems.ts'

const NAMELESS = /^(\$(?:request\.(?:query|path|header)|response\.header))\.?$/i

/** Says what is wrong with a text that is no runtime expression, and how it is written if that can be told. */
export function describeSyntaxProblem(source: string): string {
  // the problem quotes the text, and has to stay short
  const text = source.slice(0, 200)
  if (text.includes('{$')) return PROBLEMS.ambiguous
  if (/^\s|\s$/.test(text)) return HAS_BLANKS
  if (/^\$re(?:quest|sponse)\.body#/i.test(text)) return NOT_A_POINTER
  const [, head] = NAMELESS.exec(text) ?? []
  if (head) return `${HAS_NO_NAME} '${head}.NAME'`

  const meant = expandShorthand(text, (name) => `$request.query.${name}`)
  return meant === text ? PROBLEMS.syntax : `is not a runtime expression; write '${meant}'`
}
