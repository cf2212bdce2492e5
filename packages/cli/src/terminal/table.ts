import pc from 'picocolors'

/** Makes a table of rows, whose last column is cut at the width of the terminal. */
export function table(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  width = process.stdout.columns ?? 120,
): string {
  const clean = rows.map((row) => row.map((cell) => cell.replace(/\p{Cc}/gu, ' ')))
  const widths = header.map((title, index) =>
    Math.max(title.length, ...clean.map((row) => row[index]?.length ?? 0)),
  )
  const line = (row: readonly string[]) => {
    const text = row
      .map((cell, index) => cell.padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd()
    return text.length > width ? `${text.slice(0, width - 1)}…` : text
  }
  return [pc.bold(line(header)), ...clean.map(line)].join('\n')
}
