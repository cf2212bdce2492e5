import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import {
  ExpressionError,
  type ExpressionErrorCode,
  parseTemplate,
  resolveUrl,
} from '../src/index.ts'

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')

/** The rows of the one table that has this column. */
function rowsOf(column: string): string[][] {
  const lines = readme.split('\n')
  const header = lines.findIndex((line) => line.startsWith('|') && cellsOf(line).includes(column))
  const rows = lines.slice(header + 2)
  return rows.slice(0, rows.indexOf('')).map(cellsOf)
}

function cellsOf(line: string): string[] {
  return line
    .slice(1, -1)
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim())
}

/** Keyed by the type, so that a missing code is a compile error. */
const CODES: Record<ExpressionErrorCode, true> = {
  syntax: true,
  missing: true,
  undeclared: true,
  'multi-value': true,
  'base-has-query': true,
  'base-has-fragment': true,
  ambiguous: true,
  type: true,
  'not-absolute': true,
  empty: true,
  'unsafe-char': true,
  'dot-segment': true,
  'unsafe-scheme': true,
  userinfo: true,
  'invalid-url': true,
  'unsafe-template': true,
  'unsafe-host': true,
  'sensitive-header': true,
  'too-long': true,
}

const codeOf = (cell = '') => /^`(.*?)`/.exec(cell)?.[1]

function outcomeOf(key: string, v: unknown): string {
  const query = new URLSearchParams([
    ['v', String(v)],
    ['v', String(v)],
  ])
  const url = `https://api.example.com/?${query}`
  const request = { method: 'POST', url, pathParams: {}, headers: {}, body: { v } }
  try {
    const template = parseTemplate(key.replace('{v}', '{$request.body#/v}'))
    const resolution = resolveUrl(template, { request })
    return resolution.ok ? resolution.url : resolution.code
  } catch (error) {
    if (error instanceof ExpressionError) return error.code
    throw error
  }
}

describe('the README', () => {
  const rules = rowsOf('because')

  it('has rules', () => expect(rules.length).toBeGreaterThan(15))

  it.each(rules)('is right that %s: %s with %s gives %s', (_, key, value, result) => {
    const v = JSON.parse(codeOf(value) ?? 'null')
    expect(outcomeOf(codeOf(key) ?? '', v)).toBe(codeOf(result))
  })

  it('lists every code', () => {
    const codes = rowsOf('thrown').map(([code]) => codeOf(code))
    expect(codes.toSorted()).toEqual(Object.keys(CODES).toSorted())
  })
})
