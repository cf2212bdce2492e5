import type { Pipe, ValibotAction, ValibotSchema } from './data.ts'

/** The last schema of a pipe, and the actions after it. */
export interface PipeEnd {
  readonly schema: ValibotSchema
  readonly actions: readonly ValibotAction[]
}

/** Finds the end of a pipe, which decides about its output. */
export function endOf(pipe: Pipe): PipeEnd {
  let [schema] = pipe
  let actions: ValibotAction[] = []
  for (const item of pipe) {
    if (item.kind === 'schema') {
      schema = item
      actions = []
    } else actions.push(item)
  }
  return { schema, actions }
}
