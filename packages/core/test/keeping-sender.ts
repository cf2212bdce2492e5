import type {
  CallbackMessage,
  CallbackMethods,
  CallbackSender,
  Delivery,
} from '../src/definition/delivery.ts'

/** A sender that keeps messages and sends nothing. */
export function keepingSender(): {
  readonly messages: CallbackMessage[]
  readonly sender: CallbackSender
} {
  const messages: CallbackMessage[] = []
  const unused = () => Promise.reject(new Error('not used by this test'))
  const methods: CallbackMethods = {
    async send(message) {
      messages.push(message)
      return { id: '1' } as Delivery
    },
    remember: () => {},
    call: unused,
    prepare: unused,
    stage: unused,
    keepExchange: unused,
    checkExchangePlace: unused,
  }
  return { messages, sender: { '~callbacks': methods } }
}
