/**
 * Makes a title of an operationId, for an operation without a summary.
 *
 * @example
 * titleOf('createInvoice') // 'Create invoice'
 * titleOf('getHTTPStatus') // 'Get HTTP status'
 */
export function titleOf(operationId: string): string {
  const words = operationId
    .replace(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/g, ' ')
    .split(/[\s_.:-]+/)
    .filter((word) => word !== '')
    // an acronym keeps its capitals
    .map((word) => (/^[A-Z\d]{2,}$/.test(word) ? word : word.toLowerCase()))
  const [first = operationId, ...rest] = words
  return [first.slice(0, 1).toUpperCase() + first.slice(1), ...rest].join(' ')
}
