/** Whether JSON text has a number that is Infinity once it is parsed. */
export function overflows(text: string): boolean {
  let isFound = false
  JSON.parse(text, (_, value) => {
    if (typeof value === 'number' && !Number.isFinite(value)) isFound = true
    return value
  })
  return isFound
}
