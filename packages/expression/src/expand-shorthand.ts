import { formatPointer } from './pointer.ts'

const SHORTHAND =
  /^\$(?:(request|response)\.body\.(.+)|(?!(?:url|method|statuscode)$|re(?:quest|sponse)(?:\.|$))([^{]+))$/is

/**
 * Writes FastAPI's shorthand for a member of a body, or by a function the one for a parameter: what has
 * no other meaning. Any other text stays as it is.
 *
 * @example
 * expandShorthand('$request.body.user.id', String) // '$request.body#/user/id'
 * expandShorthand('$cb', (name) => `$request.query.${name}`) // '$request.query.cb'
 */
export function expandShorthand(source: string, parameter: (name: string) => string): string {
  const [, message, path = '', name] = SHORTHAND.exec(source) ?? []
  if (message) return `$${message.toLowerCase()}.body#${formatPointer(path.split('.'))}`
  return name ? parameter(name.trimEnd()) : source
}
