// the messages for invalid requests and broken responses: one module, loaded with the first of them
export { brokenResponse, noResponse, undeclaredResponse } from './broken-response.ts'
export { overflows } from './overflows.ts'
export { refusalResponse } from './refusal-response.ts'
