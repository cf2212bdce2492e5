// Tries what a guarded fetch must refuse, and prints what came of it.
import { createSender, EgressError, memoryStore, SenderError } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'

const { CALLBACK_SECRET = '', SINK = '' } = process.env

const sender = createSender({
  store: memoryStore(),
  secrets: [CALLBACK_SECRET],
  fetch: guardedFetch(),
})
const guarded = guardedFetch({
  policy: { allowHttp: true },
  resolve: async () => [{ address: '127.0.0.1', family: 4 }],
})
const allowing = guardedFetch({ policy: { allowHttp: true, allow: ['127.0.0.1'] } })

const outcomes = {
  start: await outcomeOf(sender.start()),
  address: await outcomeOf(guarded(`${SINK}/address`)),
  // a public name that resolves to the sink's address
  name: await outcomeOf(guarded(`${SINK.replace('127.0.0.1', 'receiver.example.com')}/name`)),
  allowed: await outcomeOf(allowing(`${SINK}/allowed`)),
}
console.log(JSON.stringify(outcomes))
process.exit()

async function outcomeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
    return 'succeeded'
  } catch (error) {
    return codeOf(error)
  }
}

function codeOf(error: unknown): string {
  if (error instanceof EgressError || error instanceof SenderError) return error.code
  return error instanceof Error && error.cause ? codeOf(error.cause) : String(error)
}
