/** Whether a validator gave up on a value because it is nested deeper than the stack reaches. */
export function isTooDeep(error: unknown): boolean {
  // other RangeErrors are bugs, such as a date that cannot be written
  return error instanceof RangeError && /call stack/i.test(error.message)
}
