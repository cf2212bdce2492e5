/** One place where two JSON documents differ. */
export interface Difference {
  /** A JSON Pointer. */
  readonly at: string
  /** What stands there in the first; absent where it has nothing. */
  readonly was?: unknown
  /** What stands there in the second; absent where it has nothing. */
  readonly is?: unknown
}

/**
 * Every place where a second JSON document differs from a first. What has no member in common is another value;
 * an item in the middle of a list is not looked for at other places.
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
 * Gives a member of a JSON document another name, so that what is under it can be compared.
 *
 * @throws {Error} when there is no such member
 */
export function renameMember(document: unknown, at: string, name: string): unknown {
  const [first = '', ...rest] = at.slice(1).split('/')
  const member = first.replaceAll('~1', '/').replaceAll('~0', '~')
  if (!isObject(document) || !Object.hasOwn(document, member)) throw new Error(`nothing at ${at}`)
  const { [member]: value, ...others } = document
  return rest.length === 0
    ? { ...others, [name]: value }
    : { ...others, [member]: renameMember(value, `/${rest.join('/')}`, name) }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
