import type { ExternalDocs, OperationMetadata } from '../definition/definition.ts'
import type { OperationPatch } from '../definition/openapi-patch.ts'
import { setOnce } from '../definition/set-once.ts'

/** The methods that describe operations, callbacks and webhooks; each value is set once. */
export function metadataMethodsOf<TBuilder>(
  definition: OperationMetadata,
  owner: string,
  extend: (patch: OperationMetadata) => TBuilder,
) {
  const set = (patch: OperationMetadata): TBuilder => {
    for (const name of Object.keys(patch))
      setOnce(definition, name, `${owner} declares its ${name}`)
    return extend(patch)
  }
  return {
    summary: (text: string) => set({ summary: text }),
    description: (text: string) => set({ description: text }),
    operationId: (id: string) => set({ operationId: id }),
    externalDocs: (docs: ExternalDocs) => set({ externalDocs: docs }),
    deprecated: () => set({ deprecated: true }),
    tags: (...names: string[]) => extend({ tags: [...(definition.tags ?? []), ...names] }),
    extend: (patch: OperationPatch) =>
      extend({ extensions: [...(definition.extensions ?? []), patch] }),
  }
}
