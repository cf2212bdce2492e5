export { assertDelivered, assertStored } from './assert-delivered.ts'
export {
  type StoreClock,
  type StoreContractCase,
  type StoreFactory,
  type StoreUnderTest,
  storeContract,
} from './contract/index.ts'
export type { ReceiverFault, ScriptEntry, ScriptedResponse } from './play-entry.ts'
export type { ReceivedRequest } from './received-request.ts'
export {
  type LoopbackReceiver,
  type LoopbackReceiverOptions,
  startReceiver,
} from './start-receiver.ts'
