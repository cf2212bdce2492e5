import { membersOf } from 'checks/src/workspace.ts'
import { describe, expect, it } from 'vitest'
import type { Entry, Export } from './read-exports.ts'
import { referencePage } from './reference-page.ts'

const [member, other] = membersOf('packages')
if (member === undefined || other === undefined) throw new Error('there are no packages')

const exported = (one: Partial<Export>): Export => ({
  name: 'sign',
  isType: false,
  code: 'function sign(): Signed',
  comment: { text: '', tags: [] },
  mentions: [],
  ...one,
})
const entryOf = (...exports: Export[]): Entry => ({
  member,
  specifier: member.manifest.name,
  exports,
})

describe('the page of a package', () => {
  it('has the declaration, the comment and the tags of each name', () => {
    const tags = [
      { name: 'example', text: 'sign()' },
      { name: 'throws', text: '{Error} for `a<b>`, or <b>' },
      { name: 'see', text: 'https://a.example' },
    ]
    const entry = entryOf(
      exported({ comment: { text: 'Signs {@link Signed}, a<b> {{c}}.', tags } }),
    )
    const page = referencePage([entry], [entry])
    expect(page).toContain('### sign\n\nSigns `Signed`, a&lt;b> &#123;{c}}.')
    expect(page).toContain('```ts\nfunction sign(): Signed\n```')
    expect(page).toContain('```ts\nsign()\n```')
    expect(page).toContain('**Throws** `Error` for `a<b>`, or &lt;b>')
    expect(page).toContain('**See** <https://a.example>')
  })

  it('links the types that it mentions to where they are exported, its own first', () => {
    const mentions = ['Signed', 'Elsewhere', 'Promise']
    const own = entryOf(exported({ mentions }), exported({ name: 'Signed', isType: true }))
    const elsewhere: Entry = {
      member: other,
      specifier: other.manifest.name,
      exports: [exported({ name: 'Signed' }), exported({ name: 'Elsewhere' })],
    }
    expect(referencePage([own], [elsewhere, own])).toContain(
      `Types: [\`Signed\`](./${member.name}.md#signed), [\`Elsewhere\`](./${other.name}.md#elsewhere)`,
    )
  })

  it('needs an entry', () => {
    expect(() => referencePage([], [])).toThrow('without public entries')
  })
})
