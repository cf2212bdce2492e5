// the responses to requests that are refused, and the messages for broken responses: one module, loaded with the first of
// them
export { brokenResponse, noResponse, undeclaredResponse } from './broken-response.ts'
export { overflows } from './overflows.ts'
export { refusalResponse } from './refusal-response.ts'
export { answerUnmatched } from './unmatched.ts'
