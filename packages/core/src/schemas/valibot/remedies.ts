/** What to declare instead of what has no JSON form. */
export const REMEDY = {
  input:
    'Declare what is on the wire, and turn it into other types: v.pipe(v.string(), v.transform(…)).',
  output:
    'Let the schema end with a schema of what is sent, as in v.pipe(…, v.transform(…), v.string()).',
}

/** The same, for those that have an answer of their own. */
export const REMEDIES: Readonly<Record<string, typeof REMEDY>> = {
  file: both("A file comes in a form: .bodyAs('multipart/form-data', …)."),
  blob: both("A file comes in a form: .bodyAs('multipart/form-data', …)."),
  undefined: both('Leave it out, or write v.null().'),
  void: both('Leave it out, or write v.null().'),
}

/** The same for both sides. */
export function both(remedy: string): typeof REMEDY {
  return { input: remedy, output: remedy }
}
