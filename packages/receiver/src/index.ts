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
