import type { RemedyExamples } from '../refusal.ts'

/** Examples of what to declare instead of a part that has no JSON form. */
export const EXAMPLES: RemedyExamples = {
  input: 'v.pipe(v.string(), v.transform(…))',
  output: 'v.pipe(…, v.transform(…), v.string())',
}

const FILE = "A file comes in a form: .bodyAs('multipart/form-data', …)."
const UNDEFINED = 'Leave it out, or write v.null().'

/** Remedies of the types that have their own. */
export const REMEDIES: Readonly<Record<string, string>> = {
  file: FILE,
  blob: FILE,
  undefined: UNDEFINED,
  void: UNDEFINED,
}
