/**
 * Gives the name under which a connection keeps a statement that it has parsed. It depends on nothing but the text: behind
 * a pooler, processes of several versions may share a connection, and none of them may run the text of another.
 */
export function nameStatement(text: string): string {
  // FNV-1a
  let hash = 0x811c9dc5
  for (let n = 0; n < text.length; n += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(n), 0x01000193)
  }
  return `ringback_${(hash >>> 0).toString(16)}_${text.length}`
}
