/**
 * Gives what an endpoint can listen to: `*`, each group such as `invoice.*`, and each name.
 *
 * @example
 * eventChoices(['invoice.paid', 'invoice.sent']) // ['*', 'invoice.*', 'invoice.paid', 'invoice.sent']
 */
export function eventChoices(names: readonly string[]): string[] {
  const groups = names.flatMap((name) => {
    const parts = name.split('.')
    return parts.slice(1).map((_, index) => `${parts.slice(0, index + 1).join('.')}.*`)
  })
  return [...new Set(['*', ...groups, ...names])]
}
