import { describe, expect, it } from 'vitest'
import { importsOf } from './imports-of.ts'

describe('importsOf', () => {
  it.each([
    ["import a from 'x'", { specifier: 'x', isTypeOnly: false, isLazy: false }],
    ["import 'x'", { specifier: 'x', isTypeOnly: false }],
    ["import * as a from 'x'", { specifier: 'x', isTypeOnly: false }],
    ["import { a, type B } from 'x'", { specifier: 'x', isTypeOnly: false }],
    ["import a, { type B } from 'x'", { specifier: 'x', isTypeOnly: false }],
    ["import { type A, type B } from 'x'", { specifier: 'x', isTypeOnly: true }],
    ["import type { A } from 'x'", { specifier: 'x', isTypeOnly: true }],
    ["import type * as A from 'x'", { specifier: 'x', isTypeOnly: true }],
    ["export { a } from 'x'", { specifier: 'x', isTypeOnly: false, isExportAll: false }],
    ["export * as a from 'x'", { specifier: 'x', isTypeOnly: false, isExportAll: false }],
    ["export * from 'x'", { specifier: 'x', isTypeOnly: false, isExportAll: true }],
    ["export type * from 'x'", { specifier: 'x', isTypeOnly: true, isExportAll: true }],
    ["export type { A } from 'x'", { specifier: 'x', isTypeOnly: true }],
    ["export { type A } from 'x'", { specifier: 'x', isTypeOnly: true }],
    ["const a = () => import('x')", { specifier: 'x', isTypeOnly: false, isLazy: true }],
    ['const a = () => import(`x`)', { specifier: 'x', isTypeOnly: false }],
    ['const a = (b: string) => import(b)', { specifier: undefined, isTypeOnly: false }],
    ["const a = require('x')", { specifier: 'x', isTypeOnly: false }],
    ["import a = require('x')", { specifier: 'x', isTypeOnly: false }],
    ["type A = import('x').A", { specifier: 'x', isTypeOnly: true }],
    ["let a: typeof import('x')", { specifier: 'x', isTypeOnly: true }],
    ["declare module 'x' {}", { specifier: 'x', isTypeOnly: true }],
    ['/// <reference types="x" />', { specifier: 'x', isTypeOnly: true }],
  ])('finds %s', (text, expected) => {
    expect(importsOf(text)).toEqual([expect.objectContaining(expected)])
  })

  it.each([
    "// import 'x'",
    'const a = "import \'x\'"',
    "const a = `import 'x'`",
    "process.getBuiltinModule('node:fs')",
    'export { a }',
  ])('finds nothing in %s', (text) => {
    expect(importsOf(text)).toEqual([])
  })

  it('gives the line', () => {
    expect(importsOf("\n\nimport 'x'\n")).toEqual([expect.objectContaining({ line: 3 })])
  })
})
