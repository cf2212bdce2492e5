/** Prints text to the standard output. */
export function print(text: string): void {
  process.stdout.write(text.endsWith('\n') ? text : `${text}\n`)
}

/** Prints data as JSON, indented for people. */
export function printJson(value: unknown): void {
  print(JSON.stringify(value, null, 2))
}

/** Prints a remark to the standard error, so that the output stays what was asked for. */
export function remark(text: string): void {
  process.stderr.write(`${text}\n`)
}
