/** The first name that differs from this one by case, punctuation, one character, or its end. */
export function nearest(name: string, names: readonly string[]): string | undefined {
  return names.find((other) => isNear(name, other))
}

/** The end of a message: a question that suggests a near name, or nothing. */
export function suggestNearest(name: string, names: readonly string[]): string {
  const near = nearest(name, names)
  return near === undefined ? '' : `; did you mean '${near}'?`
}

function isNear(name: string, other: string): boolean {
  if (name === '' || other === '') return false
  return (
    plain(name) === plain(other) ||
    name.startsWith(other) ||
    other.startsWith(name) ||
    differsByOne(name, other)
  )
}

function plain(name: string): string {
  return name.replace(/[_-]/g, '').toLowerCase()
}

function differsByOne(a: string, b: string): boolean {
  let same = 0
  while (same < a.length && a[same] === b[same]) same += 1
  const [restA, restB] = [a.slice(same), b.slice(same)]
  return restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restB.slice(1) === restA
}
