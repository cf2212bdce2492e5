/** Joins the lines of a file. */
export function lines(...all: readonly string[]): string {
  return `${all.join('\n').trimEnd()}\n`
}
