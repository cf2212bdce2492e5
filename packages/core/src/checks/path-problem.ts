/** A path in OpenAPI's syntax, `/orders/{id}`; after a colon, braces hold a pattern. */
export type ForeignPath<
  TBefore extends string,
  TName extends string,
  TAfter extends string,
> = `${TBefore}/{${TName}}${TAfter}`

/** The problem of a path in OpenAPI's syntax: the compiler prints it where the operation is declared further. */
export type PathProblem<
  TBefore extends string,
  TName extends string,
  TAfter extends string,
> = `write the path in Hono's syntax: '${TBefore}/:${TName}${TAfter}'`
