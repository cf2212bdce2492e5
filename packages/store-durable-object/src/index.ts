export { DurableObjectError, type DurableObjectErrorCode } from './errors.ts'
