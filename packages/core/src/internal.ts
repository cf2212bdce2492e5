// shared by the packages of Ringback; no part of the public API, and free to change with any version
export { readBytes } from './hono/read-bytes.ts'
export { toProblemIssues } from './problems/problem-issues.ts'
export { isTooDeep } from './problems/too-deep.ts'
