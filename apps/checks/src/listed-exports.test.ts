import { describe, expect, it } from 'vitest'
import { listedExports } from './listed-exports.ts'

describe('listedExports', () => {
  it('reads the names of each entry, and nothing after the section', () => {
    const readme = [
      '- `no`: before',
      '## Exports',
      'Some words.',
      '### `a`',
      '#### A group',
      '- `one`: the first',
      '- `Two`: the second, as `one`',
      '### `a/b`',
      '- `three`: the third',
      '## More',
      '- `four`: after',
    ].join('\n')
    expect([...listedExports(readme)]).toEqual([
      ['a', ['one', 'Two']],
      ['a/b', ['three']],
    ])
  })

  it('takes no name without a phrase', () => {
    expect([...listedExports('## Exports\n### `a`\n- `one`\n- `two`: ')]).toEqual([['a', []]])
  })

  it('gives nothing without the section', () => {
    expect(listedExports('# A package').size).toBe(0)
  })
})
