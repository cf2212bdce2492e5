// the part of workerd's own module that the programs use
declare module 'cloudflare:workers' {
  export function waitUntil(promise: Promise<unknown>): void
}
