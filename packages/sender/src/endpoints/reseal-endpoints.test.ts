import { webhook } from '@ringback/core'
import { generateSecret, verify } from '@ringback/signing'
import { describe, expect, it } from 'vitest'
import { createSender } from '../sender.ts'
import { memoryStore } from '../store/memory/memory-store.ts'
import { generateMasterKey } from './generate-master-key.ts'

const [older, newer, other] = [generateMasterKey(), generateMasterKey(), generateMasterKey()]
const paid = webhook('post', 'invoice.paid').response(204)
const url = 'https://example.com/'
const secret = generateSecret()

/** Senders over one store, each with its own master keys, and what they have sent. */
function senders() {
  const store = memoryStore()
  const sent: { headers: Headers; body: string }[] = []
  const withKeys = (...masterKey: string[]) =>
    createSender({
      store,
      secrets: [secret],
      masterKey,
      egress: 'platform',
      log: false,
      fetch: async (...request) => {
        const { headers, ...rest } = new Request(...request)
        sent.push({ headers, body: await new Response(rest.body).text() })
        return new Response(null, { status: 204 })
      },
    })
  return { store, sent, withKeys }
}

describe('reseal', () => {
  it('seals imported secrets and headers under the newest key, so that the older one can go', async () => {
    const { sent, withKeys } = senders()
    const before = withKeys(older)
    const headers = { authorization: 'Bearer hunter2' }
    const imported = await before.endpoints.create({ owner: 'a', url, secret, headers })
    await before.endpoints.create({ owner: 'b', url })

    const both = withKeys(newer, older)
    expect(await both.endpoints.secret(imported.id)).toBe(secret)
    expect(await both.endpoints.reseal()).toBe(1)
    expect(await both.endpoints.reseal()).toBe(0)

    const after = withKeys(newer)
    expect(await after.endpoints.secret(imported.id)).toBe(secret)
    await after.publish(paid, undefined, { owner: 'a' })
    await after.sendDue()
    const [{ headers: got, body } = expect.fail('nothing was sent')] = sent
    expect(got.get('authorization')).toBe('Bearer hunter2')
    await expect(verify({ headers: got, body, secrets: [secret] })).resolves.toBeUndefined()
    await expect(before.endpoints.secret(imported.id)).rejects.toMatchObject({ code: 'secret' })
  })

  it('undoes no change of headers that is made meanwhile', async () => {
    const { store, withKeys, sent } = senders()
    const { id } = await withKeys(older).endpoints.create({
      ...{ owner: 'a', url },
      headers: { authorization: 'Bearer before' },
    })
    const both = withKeys(newer, older)
    const { find } = store.endpoints
    let isFirst = true
    // another process changes the headers after they were read
    store.endpoints.find = async (...given) => {
      const found = await find(...given)
      if (isFirst) {
        isFirst = false
        await both.endpoints.update(id, { headers: { authorization: 'Bearer after' } })
      }
      return found
    }
    await both.endpoints.reseal()
    await both.publish(paid, undefined, { owner: 'a' })
    await both.sendDue()
    expect(sent[0]?.headers.get('authorization')).toBe('Bearer after')
  })

  it('keeps the secrets that still overlap, and walks over all pages', async () => {
    const { withKeys } = senders()
    const before = withKeys(older)
    const { id } = await before.endpoints.create({ owner: 'a', url, secret })
    await before.endpoints.rotate(id, { secret: generateSecret() })
    const creating = [...Array(205).keys()].map(() =>
      before.endpoints.create({ owner: 'a', url, secret }),
    )
    await Promise.all(creating)
    expect(await withKeys(newer, older).endpoints.reseal()).toBe(206)
    const after = withKeys(newer)
    await after.publish(paid, undefined, { owner: 'a' })
    // both generations open
    expect(await after.sendDue()).toMatchObject({ sent: 206 })
    expect(await after.deliveries({ endpoint: id })).toMatchObject([{ state: 'delivered' }])
  })

  it('signs a derived secret under both keys meanwhile', async () => {
    const { sent, withKeys } = senders()
    const { id } = await withKeys(older).endpoints.create({ owner: 'a', url })
    const secrets = await Promise.all(
      [older, newer].map((key) => withKeys(key).endpoints.secret(id)),
    )
    const both = withKeys(newer, older)
    await both.publish(paid, undefined, { owner: 'a' })
    await both.sendDue()
    for (const each of secrets) {
      const { headers, body } = sent[0] ?? expect.fail('nothing was sent')
      await expect(verify({ headers, body, secrets: [each ?? ''] })).resolves.toBeUndefined()
    }
  })

  it('rejects what none of the keys opens, and without a key', async () => {
    const { store, withKeys } = senders()
    await withKeys(other).endpoints.create({ owner: 'a', url, secret })
    await expect(withKeys(newer, older).endpoints.reseal()).rejects.toMatchObject({
      code: 'secret',
      message: expect.stringMatching(/add the older key/),
    })
    const keyless = createSender({ store, secrets: [secret], egress: 'platform', log: false })
    await expect(keyless.endpoints.reseal()).rejects.toMatchObject({ code: 'option' })
  })
})
