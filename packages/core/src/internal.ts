// Shared by the packages of Ringback: not part of the public API, it may change with any version. A receiver
// loads all of it, so nothing here imports a builder, the document or another package.
export { readBytes } from './hono/read-bytes.ts'
export { toProblemIssues } from './problems/problem-issues.ts'
export { problemResponse } from './problems/problem-response.ts'
export { isTooDeep } from './problems/too-deep.ts'
