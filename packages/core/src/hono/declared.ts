// what only some operations declare: one module, loaded with the first request of such an operation

export { callbackBinder, nothingToKeep } from './callbacks.ts'
export { coercion } from './coerce.ts'
export { coercedReader } from './coerced-fields.ts'
export { parseOther, TOO_LARGE } from './other-body.ts'
export { prepareOther } from './other-responses.ts'
export { headersReader } from './response-headers.ts'
