/** A fenced block of a Markdown document. */
export interface MarkdownBlock {
  /** The first word after the fence, such as `ts`. */
  readonly language: string
  /** The words after it, which are not displayed. */
  readonly words: readonly string[]
  readonly code: string
  /** The line number of the first line of code, from 1. */
  readonly line: number
}

const OPENING = /^(?<indent>[ >]*)(?<fence>`{3,}|~{3,})(?<info>[^`]*)$/

/**
 * Lists the fenced blocks of a Markdown document, including those in lists and quotations.
 *
 * @example
 * markdownBlocks('```ts continues\nrun()\n```')
 * // [{ language: 'ts', words: ['continues'], code: 'run()', line: 2 }]
 *
 * @throws {Error} naming the line, when a block does not end
 * @see https://spec.commonmark.org/0.31.2/#fenced-code-blocks
 */
export function markdownBlocks(markdown: string): MarkdownBlock[] {
  const lines = markdown.split(/\r?\n/)
  const blocks: MarkdownBlock[] = []
  for (let at = 0; at < lines.length; at += 1) {
    const opening = OPENING.exec(lines[at] ?? '')?.groups
    if (!opening) continue
    const { indent = '', fence = '', info = '' } = opening
    const begin = at + 1
    const isEnd = (line: string) => {
      const text = line.slice(indent.length).trim()
      return text.length >= fence.length && text === fence.charAt(0).repeat(text.length)
    }
    at = lines.findIndex((line, index) => index >= begin && isEnd(line))
    if (at === -1)
      throw new Error(`the block that begins at line ${begin} does not end: close its fence`)

    const [language = '', ...words] = info.trim().split(/\s+/)
    const code = lines.slice(begin, at).map((line) => line.slice(indent.length))
    blocks.push({ language, words, code: code.join('\n'), line: begin + 1 })
  }
  return blocks
}
