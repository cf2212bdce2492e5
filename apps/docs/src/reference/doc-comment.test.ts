import { describe, expect, it } from 'vitest'
import { docComment } from './doc-comment.ts'

const comment = `/**
 * Signs a message,
 * twice.
 *
 * @example
 * sign()
 *   .then()
 *
 * @throws {Error} never
 * @see https://a.example
 */`

describe('docComment', () => {
  it('parts the text and its tags', () => {
    expect(docComment(comment)).toEqual({
      text: 'Signs a message,\ntwice.',
      tags: [
        { name: 'example', text: 'sign()\n  .then()' },
        { name: 'throws', text: '{Error} never' },
        { name: 'see', text: 'https://a.example' },
      ],
    })
  })

  it('reads one line, and a package name in it as text', () => {
    expect(docComment('/** Is of @ringback/core. */')).toEqual({
      text: 'Is of @ringback/core.',
      tags: [],
    })
  })

  it('has no text where there is no comment', () => {
    expect(docComment('')).toEqual({ text: '', tags: [] })
  })
})
