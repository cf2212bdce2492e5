/** An object of the document while its fields are written, one after another: a spread for each costs more. */
export type Draft<T> = { -readonly [TName in keyof T]: T[TName] }
