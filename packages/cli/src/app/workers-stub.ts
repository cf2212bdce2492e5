/** Classes of `cloudflare:workers`: an application extends them, and its document needs nothing of them. */
class Stub {
  readonly ctx: unknown
  readonly env: unknown

  constructor(ctx?: unknown, env?: unknown) {
    this.ctx = ctx
    this.env = env
  }
}

/** A binding, or what a method of one gives: it has every member, so that code that runs at start finds its own. */
const BINDING: object = new Proxy(Object.create(null), {
  get(_, name) {
    if (name === Symbol.toPrimitive) return () => ''
    // awaiting one ends
    return name === 'then' || typeof name === 'symbol' ? undefined : () => BINDING
  },
  has: () => true,
})

/** The environment of a Worker: its variables come from this process, and everything else is taken for a binding. */
const env: unknown = new Proxy(Object.create(null), {
  get: (_, name) => (typeof name === 'string' ? (process.env[name] ?? BINDING) : undefined),
  has: () => true,
})

/** Stands for the modules that only the Workers runtime has, by their names. */
export const WORKERS_MODULES: Readonly<Record<string, unknown>> = {
  'cloudflare:workers': {
    DurableObject: Stub,
    WorkerEntrypoint: Stub,
    WorkflowEntrypoint: Stub,
    RpcTarget: Stub,
    RpcStub: Stub,
    env,
    waitUntil: () => {},
    exports: {},
  },
  'cloudflare:sockets': { connect: () => BINDING },
  'cloudflare:email': { EmailMessage: Stub },
  'cloudflare:workflows': { NonRetryableError: Error },
}
