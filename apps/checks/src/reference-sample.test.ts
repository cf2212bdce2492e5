// The command that the reference page shows for a callback is one that its receiver accepts.
import { execFileSync } from 'node:child_process'
import { callback, createApi, route } from '@ringback/core'
import { receive } from '@ringback/receiver'
import { reference } from '@ringback/reference'
import { createSender, memoryStore } from '@ringback/sender'
import { generateSecret, SigningError, verify } from '@ringback/signing'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'

const paid = callback('post', '{$request.query.to}/orders/{$request.body#/id}?event=paid')
  .body(
    v.object({
      name: v.picklist(["O'Hara `$(id)` \\ \n"]),
      lines: v.array(v.object({ sku: v.string(), count: v.pipe(v.number(), v.minValue(2)) })),
      at: v.pipe(v.string(), v.isoTimestamp()),
      url: v.pipe(v.string(), v.url()),
      note: v.nullish(v.string()),
    }),
  )
  .response(204)

const createOrder = route('post', '/orders')
  .query(v.object({ to: v.string() }))
  .body(v.object({ id: v.string() }))
  .response(201)
  .callback('paid', paid)
  .handle((c) => c.body(null, 201))

const store = memoryStore({ volatile: true })
const sender = createSender({ store, secrets: [generateSecret()], egress: 'platform' })
const app = createApi(
  {
    info: { title: 'Orders', version: '1.0.0' },
    sender,
    document: '/openapi.json',
    reference: reference('/reference'),
  },
  [createOrder],
)

interface Copy {
  readonly info: { readonly description: string }
  readonly paths: Record<string, Record<string, { callbacks: Record<string, CallbackItem> }>>
}
type CallbackItem = Record<string, Record<string, { requestBody: { description: string } }>>

/** The arguments that a shell makes of the command. */
function argumentsOf(command: string): string[] {
  const script = `curl() { printf '%s\\0' "$@"; }; ${command}`
  return execFileSync('sh', ['-c', script]).toString().split('\0').slice(0, -1)
}

async function readCopy(): Promise<Copy> {
  return (await app.request('/reference/reference.json')).json()
}

async function readSample() {
  const { paths } = await readCopy()
  const [item = {}] = Object.values(paths['/orders']?.post?.callbacks.paid ?? {})
  const text = item.post?.requestBody.description ?? ''
  const [, command = ''] = /```bash\n(.*?)\n```/s.exec(text) ?? []
  const [, secret = ''] = /`(whsec_[^`]+)`/.exec(text) ?? []
  const [, , url = '', ...rest] = argumentsOf(command)
  const after = (flag: string) => rest.filter((_, index) => rest[index - 1] === flag)
  const headers = new Headers(after('-H').map((line) => line.split(': ') as [string, string]))
  return { text, url, secret, headers, body: after('--data-raw')[0] ?? '' }
}

describe('the sample of a callback', () => {
  it('is signed with the secret that stands above it, for now', async () => {
    const { headers, body, secret } = await readSample()
    await verify({ headers, body, secrets: [secret] })
    await expect(verify({ headers, body: `${body} `, secrets: [secret] })).rejects.toThrow(
      SigningError,
    )
  })

  it('is accepted by the receiver of the callback, whose schema it fits', async () => {
    const { url, headers, body, secret } = await readSample()
    const received: unknown[] = []
    const receiver = receive(paid, { secrets: [secret] }).handle(async ({ payload }) => {
      received.push(payload)
      return { status: 204 }
    })
    const response = await receiver.fetch(new Request(url, { method: 'POST', headers, body }))
    expect([response.status, url]).toEqual([
      204,
      'https://your-server.example/callbacks/orders/id?event=paid',
    ])
    expect(received).toEqual([
      {
        name: "O'Hara `$(id)` \\ \n",
        lines: [{ sku: 'text', count: 2 }],
        at: '2026-01-31T12:00:00Z',
        url: 'https://www.example.com/',
        note: 'text',
      },
    ])
  })

  it('stands beside the URL as it was declared', async () => {
    const { text } = await readSample()
    expect(text).toContain(
      'Sent as `POST` to `{$request.query.to}/orders/{$request.body#/id}?event=paid`',
    )
  })

  it("follows the sender's own deadline and schedule, once for the document", async () => {
    const { info } = await readCopy()
    expect(info.description).toContain('Respond with a 2xx status within 15 seconds.')
    expect(info.description).toContain('7 attempts over about 2 hours 42 minutes.')
  })
})
