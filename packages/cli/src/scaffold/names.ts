/** Words that are no names of variables, and names that the scaffold has already. */
const TAKEN = new Set(
  'await break case catch class const continue debugger default delete do else enum export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof var void while with yield arguments eval v callback webhook receive createReceiver secrets seen app undefined'.split(
    ' ',
  ),
)

/** Makes names of variables, each once. */
export function createNames(): (text: string, style: 'camel' | 'pascal') => string {
  const used = new Set(TAKEN)
  return (text, style) => {
    const words = text.split(/[^A-Za-z\d]+/).filter((word) => word !== '')
    const joined = words
      .map((word, index) => {
        const first = word.charAt(0)
        const isLower = index === 0 && style === 'camel'
        return `${isLower ? first.toLowerCase() : first.toUpperCase()}${word.slice(1)}`
      })
      .join('')
    const base = /^[A-Za-z]/.test(joined) ? joined : `${style === 'camel' ? 'one' : 'One'}${joined}`
    let name = base
    for (let n = 2; used.has(name); n += 1) name = `${base}${n}`
    used.add(name)
    return name
  }
}

/** Makes a segment of a path: `invoiceNotification` is `invoice-notification`. */
export function kebab(text: string): string {
  const words = text.replace(/([a-z\d])([A-Z])/g, '$1-$2').toLowerCase()
  return words.replace(/[^a-z\d]+/g, '-').replace(/^-+|-+$/g, '') || 'callback'
}
