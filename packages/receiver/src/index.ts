export { type MemorySeenOptions, memorySeen } from './memory-seen.ts'
export {
  type ReceivedCallback,
  type ReceivedParts,
  type ReceiveOptions,
  type Receiver,
  type ReceiverBuilder,
  type ReceiverHandler,
  type ReceiverRequest,
  type ReceiverResponse,
  receive,
} from './receive.ts'
export type { SeenResponse, SeenResult, SeenStore } from './seen.ts'
