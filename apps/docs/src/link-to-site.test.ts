import { ROOT } from 'checks/src/workspace.ts'
import { describe, expect, it } from 'vitest'
import { resolveLink } from './link-to-site.ts'

const targets = { root: ROOT, repository: 'https://code.example/ringback' }

describe('a link of a document', () => {
  it.each([
    ['docs/cli.md', 'webhooks.md#register', '/webhooks.md#register'],
    ['docs/cli.md', '../packages/core/README.md#exports', '/packages/core.md#exports'],
    ['packages/core/README.md', '../../docs/responses.md', '/responses.md'],
    ['docs/cli.md', '../CONTRIBUTING.md#words', '/contributing.md#words'],
    ['docs/cli.md', '../README.md', '/'],
    ['apps/docs/generated/reference/core.md', './sender.md#a', '/reference/sender.md#a'],
  ])('of %s leads from %s to the page %s', (document, link, expected) => {
    expect(resolveLink(link, document, targets)).toBe(expected)
  })

  it('leads to the repository for a file that is no page, and for a folder', () => {
    const link = (to: string) => resolveLink(to, 'docs/other-edges.md', targets)
    expect(link('../apps/lambda/template.yaml')).toBe(
      'https://code.example/ringback/blob/main/apps/lambda/template.yaml',
    )
    expect(link('../apps/lambda')).toBe('https://code.example/ringback/tree/main/apps/lambda')
  })

  it.each(['#here', 'https://hono.dev/x.md', '/declare', 'gone.txt'])(
    'stays as it is: %s',
    (link) => {
      expect(resolveLink(link, 'docs/cli.md', targets)).toBe(link)
    },
  )
})
