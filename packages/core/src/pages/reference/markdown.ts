/** Text as itself in Markdown, on one line: no link, no HTML, no emphasis comes of it. */
export function plain(text: string): string {
  return oneLine(text).replace(/[!-/:-@[-`{-~]/g, '\\$&')
}

/** Text as code in Markdown, on one line. */
export function code(text: string): string {
  const line = oneLine(text)
  if (line === '') return ''
  // longer than any that is inside
  const runs = (line.match(/`+/g) ?? []).map((run) => run.length)
  const fence = '`'.repeat(Math.max(0, ...runs) + 1)
  return /^`|`$/.test(line) ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`
}

/** Markdown of somebody else's as a quotation, whose end ends whatever it leaves open. */
export function quotation(markdown: string): string {
  return markdown
    .trim()
    .split(/\r\n?|\n/)
    .map((line) => `> ${line}`)
    .join('\n')
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
