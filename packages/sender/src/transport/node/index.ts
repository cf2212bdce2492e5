export { type GuardedFetchOptions, guardedFetch } from './guarded-fetch.ts'
export type { Resolve, ResolvedAddress } from './resolve.ts'
