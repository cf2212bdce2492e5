/**
 * Reads the section `## Exports` of a package's README: under a heading for each entry, a list item for each name.
 *
 * @example
 * listedExports('## Exports\n\n### `a/b`\n\n- `sign`: signs a message')
 * // Map { 'a/b' => ['sign'] }
 */
export function listedExports(readme: string): Map<string, string[]> {
  const entries = new Map<string, string[]>()
  const [, after = ''] = readme.split(/^## Exports$/m)
  const [section = ''] = after.split(/^## /m)
  let names: string[] = []
  for (const line of section.split('\n')) {
    const [, entry] = /^### `(.+)`$/.exec(line) ?? []
    const [, name] = /^- `(.+?)`: \S/.exec(line) ?? []
    if (entry !== undefined) {
      names = []
      entries.set(entry, names)
    } else if (name !== undefined) {
      names.push(name)
    }
  }
  return entries
}
