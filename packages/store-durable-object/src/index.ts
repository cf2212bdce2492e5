export { CallbackObject, type CallbackObjectOptions } from './callback-object.ts'
export {
  type CallbackNamespace,
  type DurableObjectStoreOptions,
  durableObjectStore,
} from './durable-object-store.ts'
export { DurableObjectError, type DurableObjectErrorCode } from './errors.ts'
export type {
  EndpointMethod,
  ReportedError,
  StoreCall,
  StoreMethod,
  StoreReply,
} from './store-call.ts'
