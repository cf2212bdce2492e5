import { readFile } from 'node:fs/promises'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { document } from '../src/document.ts'
import { route } from '../src/index.ts'
import { validatorOf } from './json-schema-validator.ts'
import { exportedNames, instanceOf, namesOf, schemaOf } from './valibot-exports.ts'
import { valibotMarkdown } from './valibot-markdown.ts'
import { type Row, TABLE } from './valibot-table.ts'

const info = { title: 'x', version: '1' }

/** The JSON Schema of a schema in a document, by side. It is inside a member, which errors name. */
const documented = {
  input(schema: v.GenericSchema): object | undefined {
    const operation = route('post', '/x')
      .body(v.object({ 'a/b': v.array(schema) }))
      .response(200)
      .handle((c) => c.body(null, 200))
    const { paths } = document({ info }, [operation])
    return itemIn(paths['/x']?.post?.requestBody)
  },
  output(schema: v.GenericSchema): object | undefined {
    const operation = route('get', '/x')
      .response(200, v.object({ 'a/b': v.array(schema) }))
      .handle(() => new Response() as never)
    const { paths } = document({ info }, [operation])
    return itemIn(paths['/x']?.get?.responses['200'])
  },
}

interface Written {
  readonly content: Record<string, { schema: { properties: Record<string, { items: object }> } }>
}

function itemIn(written: object | undefined): object | undefined {
  return (written as Written).content['application/json']?.schema.properties['a/b']?.items
}

/** Removes the padding that the formatter adds to tables. */
function narrow(markdown: string): string {
  return markdown.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---')
}

const ROWS = Object.values(TABLE).flat()
const PLACES = { input: 'the body of POST /x', output: 'the 200 response of GET /x' }

const cases = ROWS.flatMap((row) =>
  namesOf(row).flatMap((name) => [
    { name, row, side: 'input' as const },
    { name, row, side: 'output' as const },
  ]),
)

describe('the table of valibot', () => {
  it('has every schema and action that valibot exports', () => {
    expect(ROWS.flatMap(namesOf).toSorted()).toEqual(exportedNames().toSorted())
  })

  it.each(Object.entries(TABLE))('has each %s under its kind', (kind, rows) => {
    const kinds = rows.flatMap((row) => namesOf(row).map((name) => instanceOf(row, name).kind))
    expect(new Set(kinds)).toEqual(new Set([kind]))
  })

  it.each(cases)('has the JSON Schema of $name as $side', ({ name, row, side }) => {
    const expected = row[side]
    const write = () => documented[side](schemaOf(row, name))
    if (expected) return expect(write()).toEqual(expected)
    expect(write).toThrow(expect.objectContaining({ code: 'schema' }))
    expect(write).toThrow(`${PLACES[side]} cannot be documented: at '/a~1b/*', `)
    expect(write).toThrow(/valibot's '/)
    // the remedy
    expect(write).toThrow(/(Declare|End|Let|Leave|A file) .*\.$/)
  })

  it.each(ROWS)('has the right outcome for $name', (row) => {
    const isRefused = row.input === null && row.output === null
    const hasRefusal = row.input === null || row.output === null
    if (row.outcome === 'refused') expect(hasRefusal).toBe(true)
    else if (row.on !== undefined && row.note?.includes('files')) expect(isRefused).toBe(true)
    else expect(hasRefusal).toBe(false)
    if (row.outcome === 'loosely') expect(row.note).toBeDefined()
  })

  const judged = ROWS.filter(({ takes, refuses }) => takes || refuses)

  it.each(judged)('judges values for $name as valibot does', async (row) => {
    const { takes = [], refuses = [], outcome, input } = row
    const schema = schemaOf(row, row.name)
    const isValid = await validatorOf(input ?? {})
    for (const value of takes) {
      expect([value, v.is(schema, value), isValid(value)]).toEqual([value, true, true])
    }
    for (const value of refuses) {
      const isTaken = outcome === 'loosely'
      expect([value, v.is(schema, value), isValid(value)]).toEqual([value, false, isTaken])
    }
  })

  it('is the table in the documentation', async () => {
    const page = await readFile(new URL('../../../docs/schemas.md', import.meta.url), 'utf8')
    const [, shown = ''] = /<!-- valibot -->\n\n(.*)\n\n<!-- \/valibot -->/s.exec(page) ?? []
    expect(narrow(shown)).toBe(narrow(valibotMarkdown()))
  })
})

describe('a row of the table', () => {
  it('is the only one of its name', () => {
    const names = ROWS.map((row: Row) => row.name)
    expect(new Set(names).size).toBe(names.length)
  })
})
