import { fence } from '../fence.ts'
import { slugify } from '../slugify.ts'
import type { DocComment } from './doc-comment.ts'
import type { Entry, Export } from './read-exports.ts'

/** The page of one package: each of its entries, and each name that they export. */
export function referencePage(own: readonly Entry[], all: readonly Entry[]): string {
  const [first] = own
  if (first === undefined) throw new Error('a package without public entries has no page')
  const { name, manifest } = first.member
  const guide = `[its page](../../../../packages/${name}/README.md)`
  return [
    `# ${manifest.name}`,
    `${manifest.description} Every exported name follows, from the doc comments of the sources; ${guide} explains the package.`,
    ...own.flatMap(({ specifier, exports }) => [
      `## ${specifier}`,
      ...exports.flatMap((one) => describe(one, [...own, ...all])),
    ]),
    '',
  ].join('\n\n')
}

function describe(one: Export, entries: readonly Entry[]): string[] {
  const { name, code, comment, mentions } = one
  const links = mentions.flatMap((mention) => linkTo(mention, entries) ?? [])
  return [
    `### ${name}`,
    markdownOf(comment),
    fence('ts', code),
    ...(links.length > 0 ? [`Types: ${links.join(', ')}`] : []),
    ...tagsOf(comment),
  ]
}

/** The link to an exported name; the first entry that has it counts. */
function linkTo(name: string, entries: readonly Entry[]): string | undefined {
  const found = entries.find(({ exports }) => exports.some((one) => one.name === name))
  return found && `[\`${name}\`](./${found.member.name}.md#${slugify(name)})`
}

function markdownOf({ text }: DocComment): string {
  return escapeMarkup(text.replaceAll(/\{@link ([^\s}]+)\}/g, '`$1`'))
}

function tagsOf({ tags }: DocComment): string[] {
  return tags.map(({ name, text }) => {
    if (name === 'example') return /^```/m.test(text) ? text : fence('ts', text)
    if (name === 'see') return `**See** ${text.replaceAll(/https?:\/\/\S+/g, '<$&>')}`
    const [, type, rest = ''] = /^\{(.+?)\}\s*([\s\S]*)$/.exec(text) ?? [undefined, undefined, text]
    const label = name.charAt(0).toUpperCase() + name.slice(1)
    return `**${label}** ${type === undefined ? '' : `\`${type}\` `}${escapeMarkup(rest)}`
  })
}

/** Text is no HTML, and no template of Vue, outside of code. */
function escapeMarkup(markdown: string): string {
  return markdown
    .split(/(`[^`]*`)/)
    .map((part, index) =>
      index % 2 === 1 ? part : part.replaceAll('<', '&lt;').replaceAll('{{', '&#123;{'),
    )
    .join('')
}
