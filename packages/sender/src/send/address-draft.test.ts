import { type CallbackMessage, callback } from '@ringback/core'
import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { message, operationCallback } from '../../test/message.ts'
import type { EgressPolicy } from '../transport/egress/policy.ts'
import { addressDraft } from './address-draft.ts'
import { createDraft, type DraftOptions } from './create-draft.ts'

const options = {
  id: 'msg_1',
  now: 1_700_000_000_000,
  delay: 0,
  payloadLimit: 1000,
  undeclared: 'remove' as const,
}

const draftAndAddress = async (
  given: CallbackMessage,
  how: DraftOptions,
  policy: EgressPolicy = {},
) => addressDraft(await createDraft(given, how), given, policy)

describe('addressDraft', () => {
  it('makes a delivery that is due now, with the bytes that will be signed', async () => {
    const delivery = await draftAndAddress(message('https://www.external.org/events'), options)
    expect(delivery).toMatchObject({
      id: 'msg_1',
      endpoint: 'https://www.external.org',
      state: 'scheduled',
      owner: 'default',
      operationId: 'postInvoices',
      callback: 'invoiceNotification',
      method: 'post',
      url: 'https://www.external.org/events/invoices/2expen51ve',
      attemptCount: 0,
      dueAt: options.now,
    })
    expect(new TextDecoder().decode(delivery.payload)).toBe(
      '{"description":"Payment celebration","paid":true}',
    )
  })

  it('is skipped when the request gave no URL and need not', async () => {
    expect(await draftAndAddress(message(undefined), options)).toMatchObject({
      state: 'skipped',
      detail: expect.stringContaining('$request.query.callback_url'),
    })
  })

  it.each([
    [
      'lacks a value in a part that no schema has checked',
      message(undefined, { validated: ['body'] }),
    ],
    ['gives no URL', message('nowhere')],
    ['gives javascript:', message('javascript:alert(1)')],
    ['gives a user name', message('http://user:pw@a.example')],
  ])('is unresolvable when the request %s', async (_, given) => {
    const delivery = await draftAndAddress(given, options)
    expect(delivery).toMatchObject({ state: 'unresolvable', detail: expect.any(String) })
    expect(delivery).not.toHaveProperty('url')
    expect(delivery).not.toHaveProperty('dueAt')
  })

  it.each([
    ['plain http', 'http://www.external.org'],
    ['a private address', 'https://10.0.0.1'],
    ['this machine', 'https://localhost'],
    ['a port of ours', 'https://www.external.org:6379'],
  ])('is dead for %s', async (_, url) => {
    expect(await draftAndAddress(message(url), options)).toMatchObject({
      state: 'dead',
      reason: 'blocked',
      detail: expect.any(String),
    })
  })

  it('is scheduled when the policy allows the URL', async () => {
    const policy = { allowHttp: true, allow: ['127.0.0.1'] }
    const given = message('http://127.0.0.1:9000/events')
    expect(await draftAndAddress(given, options, policy)).toMatchObject({ state: 'scheduled' })
  })

  it('sends no body where the callback declares none', async () => {
    const ping = operationCallback(callback('post', 'https://a.example/ping'))
    const delivery = await draftAndAddress(
      message('x', { callback: ping, payload: undefined }),
      options,
    )
    expect(delivery.payload.byteLength).toBe(0)
  })

  it('serializes the given value, not the output of validation', async () => {
    const Body = v.object({
      at: v.pipe(
        v.string(),
        v.transform((text) => new Date(text)),
      ),
    })
    const event = operationCallback(callback('post', 'https://a.example').body(Body))
    const given = message('x', { callback: event, payload: { at: '2026-11-22', extra: 1 } })
    const { payload } = await draftAndAddress(given, options)
    expect(new TextDecoder().decode(payload)).toBe('{"at":"2026-11-22"}')
  })

  it.each([
    [
      'that does not match its schema',
      { description: 'hunter2', paid: 1 },
      /\/paid: expected boolean$/,
    ],
    ['that is missing', undefined, /the whole value is undefined/],
    [
      'that is too large',
      { description: 'x'.repeat(1000), paid: true },
      /has 1030 bytes, more than the 1000/,
    ],
  ])('refuses a payload %s', async (_, payload, text) => {
    const refusal = draftAndAddress(message('https://a.example', { payload }), options)
    await expect(refusal).rejects.toMatchObject({
      code: 'payload',
      message: expect.stringMatching(text),
    })
    await expect(refusal).rejects.not.toThrow('hunter2')
  })

  it('refuses a payload that JSON cannot represent', async () => {
    const anything = operationCallback(callback('post', 'https://a.example').body(v.any()))
    for (const payload of [1n, undefined, () => {}]) {
      const refusal = draftAndAddress(message('x', { callback: anything, payload }), options)
      await expect(refusal).rejects.toMatchObject({ code: 'payload' })
    }
  })
})
