export { runVectors, type TestedImplementation, type VectorResult } from './vectors/run-vectors.ts'
export type { VectorBasis, VectorMode, VectorOptions, VectorOutcome } from './vectors/vector.ts'
export { type Vector, vectors } from './vectors/vectors.ts'
