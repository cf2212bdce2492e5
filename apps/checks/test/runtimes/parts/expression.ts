// The published vectors of runtime expressions.
import { runVectors } from '@ringback/expression/vectors'
import { ourImplementation } from '../../../../../packages/expression/test/our-implementation.ts'
import type { RuntimeCase } from './runtime-case.ts'

// another package checks addresses
const ELSEWHERE = 'ssrf-policy'

export const cases: readonly RuntimeCase[] = runVectors(ourImplementation)
  .filter(({ vector }) => vector.group !== ELSEWHERE)
  .map(({ vector, status }) => ({ name: vector.id, run: () => status, expected: 'passed' }))
