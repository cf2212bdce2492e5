import type { AnyOutgoing, Delivery } from '@ringback/core'
import type { DeliveryRecord, Sender } from '@ringback/sender'
import { describeDeliveries } from './describe-deliveries.ts'

/** A delivery, with what it sends. */
export interface ReadDelivery {
  readonly record: DeliveryRecord
  /** JSON is parsed; `undefined` without a body. */
  readonly payload: unknown
}

/** Whether a sender has the deliveries that a test expects, and the sentence that says so. */
export interface Judgement {
  readonly pass: boolean
  message(): string
}

/** What a test expects of a sender. */
export interface Expectation {
  readonly callback: AnyOutgoing
  /** Whether it must have been delivered; else it is enough that it is stored. */
  readonly isDelivered: boolean
  /** The payload alone, or nothing where any will do. */
  readonly payload: readonly unknown[]
  /** Compares a payload with the expected one. */
  readonly equals: (actual: unknown, expected: unknown) => boolean
}

/**
 * Tells whether a sender has a delivery of a callback or webhook, with a payload if one is expected.
 *
 * @throws {TypeError} for a sender that is none
 */
export async function judgeDeliveries(
  sender: Sender,
  { callback, isDelivered, payload, equals }: Expectation,
): Promise<Judgement> {
  const of = await readDeliveries(requireSender(sender), callback)
  const found = of.filter(
    (one) =>
      (!isDelivered || one.record.state === 'delivered') &&
      payload.every((expected) => equals(one.payload, expected)),
  )
  const pass = found.length > 0
  const others = pass ? [] : (await sender.deliveries()).filter((one) => !isAmong(of, one))
  return {
    pass,
    message: () =>
      describeDeliveries({
        ...{ callback, isDelivered, payload, pass, others },
        deliveries: pass ? found : of,
      }),
  }
}

/** Reads the deliveries that were sent by a declaration, newest first. */
async function readDeliveries(sender: Sender, callback: AnyOutgoing): Promise<ReadDelivery[]> {
  const found: ReadDelivery[] = []
  for (let cursor: string | undefined; ; ) {
    const page = await sender.deliveries(cursor === undefined ? {} : { cursor })
    for (const record of page) {
      const declaration = await sender['~declarationOf'](record)
      if (declaration === undefined || originOf(declaration) !== callback['~definition']) continue
      const inspected = await sender.inspect(record.id)
      found.push({ record, payload: inspected && readPayload(inspected.payload) })
    }
    cursor = page.at(-1)?.id
    if (cursor === undefined) return found
  }
}

/** The declaration that `callback(…)` made, where an operation has a copy of its own. */
function originOf(declaration: object): unknown {
  return 'origin' in declaration ? declaration.origin : declaration
}

function readPayload(bytes: Uint8Array): unknown {
  const text = new TextDecoder().decode(bytes)
  if (text === '') return undefined
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

function isAmong(all: readonly ReadDelivery[], { id }: Delivery): boolean {
  return all.some(({ record }) => record.id === id)
}

function requireSender(sender: Sender): Sender {
  // JavaScript can pass anything, and a test an application instead of its sender
  if (typeof sender === 'object' && sender !== null && '~declarationOf' in sender) return sender
  throw new TypeError('This is no sender: give what createSender has made.')
}
