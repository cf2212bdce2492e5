/** Escapes text for Markdown, on one line: it becomes no link, HTML or emphasis. */
export function escapeText(text: string): string {
  return toOneLine(text).replace(/[!-/:-@[-`{-~]/g, '\\$&')
}

/** Writes text as code in Markdown, on one line. */
export function formatCode(text: string): string {
  const line = toOneLine(text)
  if (line === '') return ''
  // longer than any fence inside
  const runs = (line.match(/`+/g) ?? []).map((run) => run.length)
  const fence = '`'.repeat(Math.max(0, ...runs) + 1)
  return /^`|`$/.test(line) ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`
}

/** Writes a block of code in Markdown. */
export function formatBlock(language: string, text: string): string {
  // longer than any fence inside
  const runs = (text.match(/`+/g) ?? []).map((run) => run.length)
  const fence = '`'.repeat(Math.max(2, ...runs) + 1)
  return `${fence}${language}\n${text}\n${fence}`
}

/** Quotes Markdown. The end of the quotation closes what the Markdown leaves open. */
export function quoteMarkdown(markdown: string): string {
  return markdown
    .trim()
    .split(/\r\n?|\n/)
    .map((line) => `> ${line}`)
    .join('\n')
}

function toOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
