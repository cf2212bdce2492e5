export {
  type ReceivedCallback,
  type ReceiveOptions,
  type Receiver,
  type ReceiverAnswer,
  type ReceiverBuilder,
  type ReceiverHandler,
  receive,
} from './receive.ts'
