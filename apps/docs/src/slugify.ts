/**
 * Names a heading in a link, as GitHub does, so that a link leads to the same heading there and on the site.
 *
 * @example
 * slugify('How text becomes values?') // 'how-text-becomes-values'
 */
export function slugify(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-')
}
