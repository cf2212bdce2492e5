import type { HttpMethod } from '../definition/definition.ts'

/** The method that declares a body, or, for one that has none, the sentence that the compiler prints where it is called. */
export type UnlessBodiless<TMethod extends HttpMethod, TDeclare> = TMethod extends
  | 'get'
  | 'head'
  | 'trace'
  ? `${Uppercase<TMethod>} has no body, since fetch cannot send it; declare it with 'post'`
  : TDeclare
