/** True for the error of a validator whose call stack a deeply nested value exceeds. */
export function isTooDeep(error: unknown): boolean {
  // other RangeErrors are bugs, such as a date that cannot be serialized
  return error instanceof RangeError && /call stack/i.test(error.message)
}
