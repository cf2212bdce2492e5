import { isCollection, isScalar, LineCounter, type Node, parseDocument } from 'yaml'

/** A place in a text, counted from 1. */
export interface Location {
  readonly line: number
  readonly column: number
}

/** Makes a function that finds the place of a JSON Pointer, or of the nearest thing around it, in JSON or YAML. */
export function createLocator(text: string): (pointer: string) => Location | undefined {
  const counter = new LineCounter()
  // parsed once there is something to find
  let contents: Node | null | undefined
  return (pointer) => {
    contents ??= parseDocument(text, {
      lineCounter: counter,
      logLevel: 'silent',
      uniqueKeys: false,
      keepSourceTokens: false,
    }).contents
    const start = offsetOf(contents, namesOf(pointer))
    if (start === undefined) return undefined
    const { line, col } = counter.linePos(start)
    return { line, column: col }
  }
}

function namesOf(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function offsetOf(root: Node | null, names: readonly string[]): number | undefined {
  let node: unknown = root
  let start = root?.range?.[0]
  for (const name of names) {
    if (!isCollection(node)) return start
    const pair = node.items.find(
      (item, index) =>
        String(index) === name ||
        (isPair(item) && isScalar(item.key) && String(item.key.value) === name),
    )
    if (pair === undefined) return start
    const key = isPair(pair) && isScalar(pair.key) ? pair.key : pair
    start = (key as Node).range?.[0] ?? start
    node = isPair(pair) ? pair.value : pair
  }
  return start
}

function isPair(item: unknown): item is { readonly key: unknown; readonly value: unknown } {
  return typeof item === 'object' && item !== null && 'key' in item
}
