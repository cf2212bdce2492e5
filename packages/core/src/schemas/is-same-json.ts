/** Whether two values are the same JSON, members in the same order. Most are one object, which is cheap to see. */
export function isSameJson(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}
