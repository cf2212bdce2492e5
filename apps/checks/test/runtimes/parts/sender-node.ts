// Connections that are guarded after the resolution of names.
import { createSender, EgressError, memoryStore, SenderError } from '@ringback/sender'
import { guardedFetch } from '@ringback/sender/node'
import { DELIVERED, deliverOne, policy } from './deliver-one.ts'
import type { RuntimeCase } from './runtime-case.ts'

function codeOf(error: unknown): string {
  if (error instanceof EgressError || error instanceof SenderError) return error.code
  return error instanceof Error && error.cause ? codeOf(error.cause) : String(error)
}

async function outcomeOf(promise: Promise<unknown>): Promise<string> {
  try {
    await promise
    return 'succeeded'
  } catch (error) {
    return codeOf(error)
  }
}

export const cases: readonly RuntimeCase[] = [
  {
    name: 'a sender is convinced of it',
    async run({ secret }) {
      const fetch = guardedFetch()
      const sender = createSender({ store: memoryStore(), secrets: [secret], fetch })
      const outcome = await outcomeOf(sender.start())
      await sender.stop()
      return outcome
    },
    expected: 'succeeded',
  },
  {
    name: 'an address of this machine',
    run: ({ sink }) => outcomeOf(guardedFetch({ policy: { allowHttp: true } })(`${sink}/address`)),
    expected: 'blocked',
  },
  {
    name: 'a public name that resolves to it',
    run({ sink }) {
      const guarded = guardedFetch({
        policy: { allowHttp: true },
        resolve: async () => [{ address: '127.0.0.1', family: 4 }],
      })
      return outcomeOf(guarded(`${sink.replace('127.0.0.1', 'receiver.example.com')}/name`))
    },
    expected: 'blocked',
  },
  {
    name: 'the address, where the policy allows it',
    run: (settings) =>
      deliverOne(
        createSender({
          store: memoryStore(),
          secrets: [settings.secret],
          fetch: guardedFetch({ policy }),
        }),
        settings,
      ),
    expected: DELIVERED,
  },
]
