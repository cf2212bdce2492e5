import { describe, expect, it } from 'vitest'
import { readmeModules } from './readme-modules.ts'

const block = (info: string, code: string) => `\`\`\`${info}\n${code}\n\`\`\`\n`

describe('readmeModules', () => {
  it('makes a module of each block, with the line numbers of the document', () => {
    const markdown = block('ts', 'a()') + block('ts', 'b()')
    expect(readmeModules(markdown)).toEqual([
      { file: 'line-2.ts', text: '\na()', runs: true },
      { file: 'line-5.ts', text: '\n\n\n\nb()', runs: true },
    ])
  })

  it('continues the module before', () => {
    const markdown = block('ts', 'a()') + block('ts continues', 'b()')
    expect(readmeModules(markdown)).toEqual([
      { file: 'line-2.ts', text: '\na()\n\n\nb()', runs: true },
    ])
  })

  it('reads the file name from the first line', () => {
    expect(readmeModules(block('ts', '// invoices.ts\na()'))).toEqual([
      { file: 'invoices.ts', text: '\n// invoices.ts\na()', runs: true },
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
