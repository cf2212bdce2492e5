// A receiver, as a fetch handler.
import { callback } from '@ringback/core'
import { memorySeen, receive } from '@ringback/receiver'
import { sign } from '@ringback/signing'
import * as v from 'valibot'
import type { RuntimeCase } from './runtime-case.ts'

const SECRETS = ['whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw']
const paid = callback('post', '{$request.body#/callbackUrl}')
  .body(v.object({ amount: v.number() }))
  .response(200, v.object({ ok: v.boolean(), amount: v.number() }))

const receiver = receive(paid, { secrets: SECRETS, seen: memorySeen() }).handle(({ payload }) => ({
  status: 200,
  body: { ok: true, amount: payload.amount },
}))

interface Change {
  readonly body?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly age?: number
}

let count = 0
/** Sends a signed callback, changed after it was signed. */
async function receiveChanged({ body, headers, age = 0 }: Change = {}) {
  count += 1
  const timestamp = Math.floor(Date.now() / 1000) - age
  const given = { id: `msg_${count}`, timestamp, body: body ?? '{"amount":12}', secrets: SECRETS }
  return post({ ...(await sign(given)), ...headers }, given.body)
}

async function post(headers: Readonly<Record<string, string>>, body: string) {
  const url = 'https://receiver.example/paid'
  const response = await receiver.fetch(new Request(url, { method: 'POST', headers, body }))
  return { status: response.status, body: await response.json() }
}

/** A problem response. */
function problem(status: number, title: string, more: object) {
  return { status, body: { type: 'about:blank', title, status, ...more } }
}

const OK = { status: 200, body: { ok: true, amount: 12 } }

export const cases: readonly RuntimeCase[] = [
  { name: 'a callback', run: () => receiveChanged(), expected: OK },
  {
    name: 'the same callback again',
    async run() {
      const timestamp = Math.floor(Date.now() / 1000)
      const body = '{"amount":12}'
      const headers = await sign({ id: 'msg_again', timestamp, body, secrets: SECRETS })
      return [await post(headers, body), await post(headers, body)]
    },
    expected: [OK, OK],
  },
  {
    name: 'another signature',
    run: () => receiveChanged({ headers: { 'webhook-id': 'msg_other' } }),
    expected: problem(403, 'Forbidden', {
      detail:
        'No signature was made with these secrets over these bytes; check the secrets, and give the body as it was received.',
    }),
  },
  {
    name: 'a signature of long ago',
    run: async () => (await receiveChanged({ age: 3600 })).status,
    expected: 403,
  },
  {
    name: 'no signature',
    run: () => post({}, '{"amount":12}'),
    expected: problem(401, 'Unauthorized', {
      detail: 'There is no webhook-id header; the sender must add it.',
    }),
  },
  {
    name: 'a payload that breaks its schema',
    run: () => receiveChanged({ body: '{}' }),
    expected: problem(422, 'Unprocessable Content', {
      detail: 'the payload breaks its schema',
      errors: [{ in: 'body', pointer: '/amount', detail: 'Invalid key: Expected "amount"' }],
    }),
  },
  {
    name: 'a payload that is no JSON',
    run: () => receiveChanged({ body: '{' }),
    expected: problem(400, 'Bad Request', { detail: 'the body is not valid JSON' }),
  },
]
