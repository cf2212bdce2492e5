import { expandShorthand } from './expand-shorthand.ts'
import { REMEDIES } from './problems.ts'

/** Says how text that is no runtime expression would be written, where that can be told. */
export function syntaxHint(source: string): string | undefined {
  if (source.includes('{$')) return REMEDIES.ambiguous
  const meant = expandShorthand(source, (name) => `$request.query.${name}`)
  return meant === source ? undefined : `write '${meant}'`
}
