// what is said of requests and answers that are not as declared: one module, loaded with the first of them
export { brokenResponse, undeclaredResponse } from './broken-response.ts'
export { refusalResponse } from './refusal-response.ts'
