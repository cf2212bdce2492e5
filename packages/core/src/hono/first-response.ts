// the code that responses need: one module, loaded with the first request of the app

export { checkResponse } from './check-response.ts'
export { jsonPreparer } from './json-response.ts'
