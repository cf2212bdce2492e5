export { type DnsResolveOptions, dnsResolve } from './dns-resolve.ts'
export { type GuardedFetchOptions, guardedFetch } from './guarded-fetch.ts'
export { type ResolvedAddress, type ResolveHostname, systemResolve } from './resolve.ts'
