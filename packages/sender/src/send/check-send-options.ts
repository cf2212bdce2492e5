import type { SendOptions } from '@ringback/core'
import { SenderError } from '../errors.ts'
import { refuseUnknown } from '../refuse-unknown.ts'

const LONGEST_KEY = 255
// half of what a Date holds, so that the sum of a time and a delay is one
const LATEST = 8.64e15 / 2
const NONE: SendOptions = {}
const KNOWN = ['delay', 'expiresAt', 'orderKey', 'dedupeKey', 'headers', 'query']

/**
 * Gives the options of one callback, without those that are not set.
 *
 * @throws {SenderError} with `option`
 */
export function checkSendOptions(options?: SendOptions): SendOptions {
  if (options === undefined) return NONE
  refuseUnknown('send', options, KNOWN)
  const { delay, expiresAt, orderKey, dedupeKey } = options
  for (const [name, value] of Object.entries({ delay, expiresAt })) {
    if (value === undefined) continue
    if (typeof value === 'number' && value >= 0 && value <= LATEST) continue
    throw new SenderError(
      'option',
      `${name} is ${String(value)}: give milliseconds, from 0 to ${LATEST}`,
    )
  }
  if (orderKey !== undefined) checkKey('orderKey', orderKey)
  if (dedupeKey !== undefined) checkKey('dedupeKey', dedupeKey)
  return {
    // stores keep whole milliseconds
    ...(delay !== undefined && { delay: Math.ceil(delay) }),
    ...(expiresAt !== undefined && { expiresAt: Math.floor(expiresAt) }),
    ...(orderKey !== undefined && { orderKey }),
    ...(dedupeKey !== undefined && { dedupeKey }),
  }
}

/**
 * Refuses an owner that a store might confuse with another.
 *
 * @throws {SenderError} with `option`
 */
export function checkOwner(owner: unknown): void {
  if (typeof owner === 'string' && owner.isWellFormed()) return
  throw new SenderError('option', 'owner must be text without unpaired surrogates')
}

/**
 * Refuses a key that a store might confuse with another.
 *
 * @throws {SenderError} with `option`
 */
export function checkKey(name: string, key: unknown): void {
  if (typeof key === 'string' && key !== '' && key.length <= LONGEST_KEY && key.isWellFormed())
    return
  throw new SenderError(
    'option',
    `${name} must be 1 to ${LONGEST_KEY} characters, without unpaired surrogates`,
  )
}
