import type { ExternalDocs, OperationMetadata } from '../definition/definition.ts'
import type { OperationPatch } from '../definition/openapi-patch.ts'
import { setOnce } from '../definition/set-once.ts'

/** The methods by which operations, callbacks and webhooks say what they are; each value is set once. */
export function describing<TDefinition extends OperationMetadata & object, TBuilder>(
  definition: TDefinition,
  owner: string,
  extend: (patch: Partial<TDefinition>) => TBuilder,
) {
  const set = <TName extends keyof TDefinition & string>(
    name: TName,
    value: TDefinition[TName],
  ): TBuilder => {
    setOnce(definition, name, `${owner} declares its ${name}`)
    // a computed key widens to string
    return extend({ [name]: value } as unknown as Partial<TDefinition>)
  }
  return {
    set,
    summary: (text: string) => set('summary', text),
    description: (text: string) => set('description', text),
    operationId: (id: string) => set('operationId', id),
    externalDocs: (docs: ExternalDocs) => set('externalDocs', docs),
    extend: (patch: OperationPatch) =>
      extend({
        extensions: [...(definition.extensions ?? []), patch],
      } as unknown as Partial<TDefinition>),
    deprecated: () => set('deprecated', true),
    tags: (...names: string[]) =>
      extend({ tags: [...(definition.tags ?? []), ...names] } as unknown as Partial<TDefinition>),
  }
}
