/** A doc comment, in its parts. */
export interface DocComment {
  /** The text before the tags, in Markdown. */
  readonly text: string
  /** The text of each tag by its name, such as `throws`, in the order of the comment. */
  readonly tags: readonly { readonly name: string; readonly text: string }[]
}

/**
 * Reads a doc comment.
 *
 * @example
 * docComment('/** Signs.\n *\n * @throws {Error} never *\/')
 * // { text: 'Signs.', tags: [{ name: 'throws', text: '{Error} never' }] }
 */
export function docComment(source: string): DocComment {
  const lines = source
    .replace(/^\/\*\*/, '')
    .replace(/\*\/$/, '')
    .split('\n')
    .map((line) => line.replace(/^\s*\* ?/, '').trimEnd())
  const [text = '', ...tags] = lines.join('\n').split(/^\s*@(?=[a-z]+\b)/m)
  return {
    text: text.trim(),
    tags: tags.map((tag) => {
      const [, name = '', rest = ''] = /^([a-z]+)\s?([\s\S]*)$/.exec(tag) ?? []
      return { name, text: rest.trimEnd().replace(/^\n+/, '') }
    }),
  }
}
