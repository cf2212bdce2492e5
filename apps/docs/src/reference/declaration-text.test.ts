import ts from 'typescript-5.9' // TypeScript 7 has no stable API to read sources with
import { describe, expect, it } from 'vitest'
import { declarationText } from './declaration-text.ts'

function textOf(source: string): string {
  const file = ts.createSourceFile('a.ts', source, ts.ScriptTarget.ES2023, true)
  const [statement] = file.statements
  const node =
    statement && ts.isVariableStatement(statement)
      ? statement.declarationList.declarations[0]
      : statement
  return declarationText(node as ts.Declaration)
}

describe('the text of a declaration', () => {
  it.each([
    ['a function', 'export function f(a = 1): number { return a }', 'function f(a = 1): number'],
    ['a constant with a type', "export const a: string = 'x'", 'const a: string'],
    ['a constant without', 'export const a = 1', 'const a = 1;'],
    ['a type', 'export type A = { b: 1 }', 'type A = { b: 1 }'],
    [
      'a class',
      'export class E extends Error { override name = "E"; #x = 1; y(): void { this.#x } }',
      'class E extends Error {\n  #private;\n  name: string;\n  y(): void;\n}',
    ],
  ])('of %s', (_, source, expected) => {
    expect(textOf(source)).toBe(expected)
  })

  it('lacks members for internal use, with their comments', () => {
    const source =
      "export interface A {\n  /** Ours. */\n  '~definition': 1\n  /** Yours. */\n  b: 1\n}"
    expect(textOf(source)).toBe('interface A {\n  /** Yours. */\n  b: 1\n}')
  })
})
