/** Splits a Hono path at its slashes, except those in the pattern of a parameter such as `:p{a/b}`. */
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
