import type { MarkdownRenderer } from 'vitepress'

/** Has the corner of a table, which heads nothing, be an ordinary cell: readers of screens announce headers. */
export function emptyHeaders(md: MarkdownRenderer): void {
  md.core.ruler.push('empty-headers', ({ tokens }) => {
    tokens.forEach((token, index) => {
      const [content, close] = [tokens[index + 1], tokens[index + 2]]
      if (token.type !== 'th_open' || content?.content !== '' || close === undefined) return
      token.tag = 'td'
      close.tag = 'td'
    })
  })
}
