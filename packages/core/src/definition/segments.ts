/** Splits a path of Hono's at its slashes; those inside a parameter's pattern, as in `:p{a/b}`, belong to it. */
export function segmentsOf(path: string): string[] {
  if (!path.includes('{')) return path.split('/')
  const segments: string[] = []
  let open = 0
  for (const piece of path.split('/')) {
    if (open > 0) segments.push(`${segments.pop()}/${piece}`)
    else segments.push(piece)
    open += piece.split('{').length - piece.split('}').length
  }
  return segments
}
