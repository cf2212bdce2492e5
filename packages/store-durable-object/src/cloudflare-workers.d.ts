// The part of the module that is used here. In a project on Workers, `wrangler types` writes all of it.
declare module 'cloudflare:workers' {
  export abstract class DurableObject<TEnv = unknown> {
    protected ctx: { readonly storage: import('./object-storage.ts').ObjectStorage }
    protected env: TEnv
    constructor(ctx: object, env: TEnv)
    alarm?(): void | Promise<void>
  }
  export const env: Cloudflare.Env
}

declare namespace Cloudflare {
  // an application adds its bindings
  interface Env {}
}
