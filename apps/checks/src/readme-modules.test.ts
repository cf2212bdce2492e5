import { describe, expect, it } from 'vitest'
import { modulesByState, readmeModules } from './readme-modules.ts'

const block = (info: string, code: string) => `\`\`\`${info}\n${code}\n\`\`\`\n`

describe('readmeModules', () => {
  it('makes a module of each block, with the line numbers of the document', () => {
    const markdown = block('ts', 'a()') + block('ts', 'b()')
    expect(readmeModules(markdown)).toEqual([
      { file: 'line-2.ts', text: '\na()', runs: true, state: 1 },
      { file: 'line-5.ts', text: '\n\n\n\nb()', runs: true, state: 1 },
    ])
  })

  it('continues the module before', () => {
    const markdown = block('ts', 'a()') + block('ts continues', 'b()')
    expect(readmeModules(markdown)).toEqual([
      { file: 'line-2.ts', text: '\na()\n\n\nb()', runs: true, state: 1 },
    ])
  })

  it('reads the file name from the first line', () => {
    expect(readmeModules(block('ts', '// invoices.ts\na()'))).toEqual([
      { file: 'invoices.ts', text: '\n// invoices.ts\na()', runs: true, state: 1 },
    ])
  })

  it('does not run a marked block, nor the module that it continues', () => {
    const markdown = block('ts', 'a()') + block('ts continues not-run', 'b()')
    expect(readmeModules(markdown)).toEqual([expect.objectContaining({ runs: false })])
  })

  it.each(['serve({ fetch: app.fetch })', 'Deno.serve(app.fetch)', 'server.listen(8000)'])(
    'does not run %s',
    (code) => {
      expect(readmeModules(block('ts', code))).toEqual([expect.objectContaining({ runs: false })])
    },
  )

  it('takes lines to highlight, and begins the next state of the files', () => {
    const first = block('ts', '// a.ts\na()') + block('ts', '// b.ts\nb()')
    const markdown = first + block('ts next {2}', '// a.ts\nc()') + block('ts', '// d.ts\nd()')
    const modules = readmeModules(markdown)
    expect(modules.map(({ file, state }) => [file, state])).toEqual([
      ['a.ts', 1],
      ['b.ts', 1],
      ['a.ts', 2],
      ['d.ts', 2],
    ])
    expect(
      modulesByState(modules).map((all) =>
        all.map(({ file, text, runs }) => [file, text.trim().split('\n').at(-1), runs]),
      ),
    ).toEqual([
      [
        ['a.ts', 'a()', true],
        ['b.ts', 'b()', true],
      ],
      [
        ['b.ts', 'b()', false],
        ['a.ts', 'c()', true],
        ['d.ts', 'd()', true],
      ],
    ])
  })

  it('ignores blocks that are not ts', () => {
    expect(readmeModules(block('text', '.handle(…)') + block('sh', 'npm test'))).toEqual([])
  })

  it.each([
    ['another spelling', block('typescript', 'a()')],
    ['JavaScript', block('js', 'a()')],
    ['an unknown word', block('ts norun', 'a()')],
    ['nothing to continue', block('ts continues', 'a()')],
  ])('refuses %s', (_name, markdown) => {
    expect(() => readmeModules(markdown)).toThrow('line 1')
  })
})
