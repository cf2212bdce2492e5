// what only some operations declare: one module, loaded with the first request of such an operation
export { headersReader } from './answer-headers.ts'
export { callbackBinder, nothingToKeep } from './callbacks.ts'
export { coercion } from './coerce.ts'
export { coercedReader } from './coerced-fields.ts'
export { prepareOther } from './other-answers.ts'
export { parseOther, TOO_LARGE } from './other-body.ts'
