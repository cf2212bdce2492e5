/** One place where two JSON documents differ. */
export interface Difference {
  /** A JSON Pointer. */
  readonly at: string
  /** The value in the first document; absent where it has none. */
  readonly was?: unknown
  /** The value in the second document; absent where it has none. */
  readonly is?: unknown
}

/**
 * Lists the places where a second JSON document differs from a first. Objects without a common member are different
 * values; items of lists are compared by their index.
 */
export function jsonDifferences(first: unknown, second: unknown, at = ''): Difference[] {
  if (Object.is(first, second)) return []
  if (!isObject(first) || !isObject(second) || Array.isArray(first) !== Array.isArray(second)) {
    return [{ at, was: first, is: second }]
  }
  const names = [...new Set([...Object.keys(first), ...Object.keys(second)])]
  const isCommon = (name: string) => Object.hasOwn(first, name) && Object.hasOwn(second, name)
  if (names.length > 0 && !names.some(isCommon)) return [{ at, was: first, is: second }]
  return names.flatMap((name): Difference[] => {
    const inner = `${at}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
    if (!Object.hasOwn(first, name)) return [{ at: inner, is: second[name] }]
    if (!Object.hasOwn(second, name)) return [{ at: inner, was: first[name] }]
    return jsonDifferences(first[name], second[name], inner)
  })
}

/**
 * Renames a member of a JSON document, so that its value can be compared.
 *
 * @throws {Error} naming the pointer, when there is no such member
 */
export function renameMember(document: unknown, at: string, name: string): unknown {
  const [first = '', ...rest] = at.slice(1).split('/')
  const member = first.replaceAll('~1', '/').replaceAll('~0', '~')
  if (!isObject(document) || !Object.hasOwn(document, member))
    throw new Error(`the document has nothing at ${at}`)
  const { [member]: value, ...others } = document
  return rest.length === 0
    ? { ...others, [name]: value }
    : { ...others, [member]: renameMember(value, `/${rest.join('/')}`, name) }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
