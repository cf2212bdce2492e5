interface Reference {
  readonly $ref: string
}
type PathItem = Readonly<Record<string, unknown>>
type Callback = Readonly<Record<string, PathItem>>

/** The parts of a document that are read here. */
export interface Callbacks {
  readonly paths: Readonly<
    Record<string, Readonly<Record<string, { callbacks?: Record<string, Callback | Reference> }>>>
  >
  readonly webhooks?: Readonly<Record<string, PathItem>>
  readonly components?: { readonly callbacks?: Readonly<Record<string, Callback>> }
}

/**
 * Lists the callbacks of a document as webhooks, which code generators support: to the external developer both are
 * requests to receive. A callback that several operations send is one webhook.
 */
export function callbacksAsWebhooks<TDocument extends Callbacks>(document: TDocument): TDocument {
  const webhooks: Record<string, PathItem> = { ...document.webhooks }
  for (const { callbacks = {} } of Object.values(document.paths).flatMap(Object.values)) {
    for (const [name, written] of Object.entries(callbacks as Record<string, object>)) {
      const component = '$ref' in written ? String(written.$ref).split('/').at(-1) : undefined
      const callback =
        component === undefined ? written : document.components?.callbacks?.[component]
      for (const item of Object.values((callback ?? {}) as Callback)) webhooks[name] = item
    }
  }
  return { ...document, webhooks }
}
