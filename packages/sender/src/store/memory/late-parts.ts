// the code that only some stores in memory need: one module, loaded with the first call of such a method

export { createMemoryEndpoints } from './memory-endpoints.ts'
export { readMemoryStats } from './memory-stats.ts'
