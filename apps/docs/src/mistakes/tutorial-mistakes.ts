/** A mistake in the tutorial: one change of its code, which the compiler refuses. */
export interface Mistake {
  readonly title: string
  /** The file of the example, and a text that it has once. */
  readonly file: 'invoices.ts' | 'external.ts'
  readonly right: string
  readonly wrong: string
}

/** The mistakes that the page of compile errors shows. */
export const TUTORIAL_MISTAKES: readonly Mistake[] = [
  {
    title: 'An expression reads a member that the body lacks',
    file: 'invoices.ts',
    right: '{$request.body#/id}',
    wrong: '{$request.body#/idd}',
  },
  {
    title: 'An expression reads a query parameter that is not declared',
    file: 'invoices.ts',
    right: '{$request.query.callback_url}',
    wrong: '{$request.query.callback}',
  },
  {
    title: 'A payload breaks the schema of the callback',
    file: 'invoices.ts',
    right: 'paid: true',
    wrong: 'paid: 1',
  },
  {
    title: 'A callback is sent that the operation does not declare',
    file: 'invoices.ts',
    right: 'callbacks.invoiceNotification.send',
    wrong: 'callbacks.invoicePaid.send',
  },
  {
    title: 'A response has a status that is not declared',
    file: 'invoices.ts',
    right: "c.json({ msg: 'Invoice received' }, 200)",
    wrong: "c.json({ msg: 'Invoice received' }, 201)",
  },
  {
    title: 'A response has another body than declared',
    file: 'invoices.ts',
    right: "{ msg: 'Invoice received' }",
    wrong: "{ message: 'Invoice received' }",
  },
  {
    title: 'A receiver responds with what the callback does not declare',
    file: 'external.ts',
    right: 'body: { ok: true }',
    wrong: "body: { ok: 'yes' }",
  },
]
