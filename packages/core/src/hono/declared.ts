// the code that only some operations need: one module, loaded with the first request of such an operation

export { refuseToKeep } from './bind-exchange.ts'
export { callbackBinder } from './callbacks.ts'
export { coercedReader } from './coerced-fields.ts'
export { formCoercionOf } from './form-fields.ts'
export { parseOther } from './other-body.ts'
export { otherPreparer } from './other-responses.ts'
export { headersReader } from './response-headers.ts'
