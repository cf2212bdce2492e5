/** A mistake in the tutorial: one change of its code, which the compiler refuses. */
export interface Mistake {
  /** The file of the example, and a text that it has once. */
  readonly file: 'invoices.ts' | 'external.ts'
  readonly right: string
  readonly wrong: string
}

/** The mistake that the start page shows. */
export const TUTORIAL_MISTAKE: Mistake = {
  file: 'invoices.ts',
  right: '{$request.body#/id}',
  wrong: '{$request.body#/idd}',
}
