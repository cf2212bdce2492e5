// The part of the types of Workers that is used here. In a project on Workers, `wrangler types` writes all of them.
declare module 'cloudflare:workers' {
  export abstract class DurableObject<TEnv = unknown> {
    protected ctx: {
      readonly storage: import('./object-storage.ts').ObjectStorage
      abort(reason?: string): void
    }
    protected env: TEnv
    constructor(ctx: object, env: TEnv)
    alarm?(): void | Promise<void>
  }
  export const env: Cloudflare.Env
}

declare interface DurableObjectNamespace<TObject> {
  idFromName(name: string): object
  get(id: object): TObject
}
