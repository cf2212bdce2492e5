export {
  type ContractCase,
  type OpenStore,
  storeContract,
  type TestClock,
} from './contract/store-contract.ts'
export type { Fault, Play } from './play.ts'
export type { ReceivedRequest } from './received-request.ts'
export { type Receiver, type ReceiverOptions, startReceiver } from './receiver.ts'
