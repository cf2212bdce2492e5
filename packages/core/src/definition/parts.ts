/**
 * The parts of a request that hold named parameters, in the order of the document: `part` is the name in a
 * definition, `location` that in OpenAPI, problems and expressions, `target` Hono's for `c.req.valid(…)`.
 */
export const PARAMETER_PARTS = [
  { part: 'params', location: 'path', target: 'param' },
  { part: 'query', location: 'query', target: 'query' },
  { part: 'headers', location: 'header', target: 'header' },
  { part: 'cookies', location: 'cookie', target: 'cookie' },
] as const

/** The part that holds the bodies; Hono's target depends on the media type. */
export const BODY_PART = { part: 'content', location: 'body' } as const

/** The names of one part that holds parameters. */
export type ParameterNames = (typeof PARAMETER_PARTS)[number]

/** A part that holds parameters, by its name in a definition. */
export type ParameterPart = ParameterNames['part']

/** A part that holds parameters, by its name in OpenAPI. */
export type ParameterLocation = ParameterNames['location']

/** Any part of a request, by its name in problems and expressions. */
export type PartLocation = ParameterLocation | (typeof BODY_PART)['location']
