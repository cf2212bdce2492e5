import { formatPointer } from './pointer.ts'

// two expressions in one text are left for the parser to refuse
const SHORTHAND =
  /^(?!.*\{\$)\$(?:(request|response)\.body\.(.+)|(?!(?:url|method|statuscode)\s*$|re(?:quest|sponse)(?:\.|$))([^{]+))$/is

/**
 * Rewrites FastAPI's shorthand for a member of a body, and by `toParameter` that for a parameter. Any other
 * text stays as it is.
 *
 * @example
 * expandShorthand('$request.body.user.id', String) // '$request.body#/user/id'
 * expandShorthand('$cb', (name) => `$request.query.${name}`) // '$request.query.cb'
 */
export function expandShorthand(source: string, toParameter: (name: string) => string): string {
  const [, message, path = '', name] = SHORTHAND.exec(source) ?? []
  if (message) return `$${message.toLowerCase()}.body#${formatPointer(path.split('.'))}`
  return name ? toParameter(name.trimEnd()) : source
}
