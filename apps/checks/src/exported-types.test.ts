import { describe, expect, it } from 'vitest'
import { unnamedTypes } from './exported-types.ts'
import { membersOf } from './workspace.ts'

const COMPUTED = 'a step of the sentence that KeyProblem computes'

/** Types that need no name of their own, each with its reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  CodeProblem: COMPUTED,
  DotsToPointer: COMPUTED,
  Headers: COMPUTED,
  Hint: COMPUTED,
  KeyTextProblem: COMPUTED,
  Nearest: COMPUTED,
  OrNoPointer: COMPUTED,
  PointerProblem: COMPUTED,
  RequestHeaders: COMPUTED,
  ResponseHeaders: COMPUTED,
  SyntaxProblem: COMPUTED,
}

describe('the types that exported declarations name', () => {
  const unnamed = unnamedTypes(membersOf('packages'))

  it('are exported from an entry', () => {
    const others = unnamed.filter(({ name }) => !Object.hasOwn(EXCEPTIONS, name))
    expect(others.map(({ name, namedBy }) => `${name}, by ${namedBy}`)).toEqual([])
  })

  it('have no exception in vain', () => {
    const names = new Set(unnamed.map(({ name }) => name))
    expect([...names].sort()).toEqual(Object.keys(EXCEPTIONS))
  })
})
