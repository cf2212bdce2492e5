import { CoreError } from '@ringback/core'
import type { ReferenceOptions } from './reference.ts'
import { THEMES } from './theme.ts'

/**
 * Checks the options that Scalar's package writes into the page as they are.
 *
 * @throws {CoreError} with `reference`
 */
export function checkOptions({ cdn, theme, scalar = {} }: ReferenceOptions): void {
  if (theme !== undefined && !THEMES.includes(theme)) {
    throw new CoreError(
      'reference',
      `reference(path, { theme }) has a theme that Scalar does not have; choose one of ${THEMES.join(', ')}`,
    )
  }
  // it becomes an attribute of the page
  if (cdn !== undefined && !(typeof cdn === 'string' && /^[^\s"'<>`\\]+$/.test(cdn))) {
    throw new CoreError(
      'reference',
      'cdn in reference(path, { cdn }) is not a URL: it is empty, or has spaces, quotation marks, backslashes or angle brackets; percent-encode them',
    )
  }
  // they become a script of the page
  if (/<[/!]/.test(JSON.stringify(scalar))) {
    throw new CoreError(
      'reference',
      "an option in reference(path, { scalar }) contains '</' or '<!', which would end the page's script; leave it out",
    )
  }
}
