/** Whether two components say the same. Most are one object, which is seen without writing them out. */
export function isSame(one: object, other: object): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}
