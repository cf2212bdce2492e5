/** A document object while its fields are assigned, which costs less than a spread for each. */
export type Draft<T> = { -readonly [TName in keyof T]: T[TName] }
