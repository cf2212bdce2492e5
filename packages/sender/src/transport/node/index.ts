export { type GuardedFetchOptions, guardedFetch } from './guarded-fetch.ts'
export type { ResolvedAddress, ResolveHostname } from './resolve.ts'
