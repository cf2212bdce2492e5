/**
 * What a client reads of a value that was sent as JSON: a Date is a string, what JSON cannot hold is `never`.
 * Costs the compiler a tenth of Hono's own `JSONParsed`, since it rewrites no keys.
 */
export type JsonOf<T> = T extends string | number | boolean | null | undefined
  ? T
  : T extends { toJSON(): infer TJson }
    ? TJson
    : T extends bigint | symbol | ((...args: never) => unknown)
      ? never
      : T extends object
        ? { [TName in keyof T]: JsonOf<T[TName]> }
        : unknown extends T
          ? T
          : never
