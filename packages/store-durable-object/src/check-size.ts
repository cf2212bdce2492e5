import type { StoredDelivery } from '@ringback/sender'
import { DurableObjectError } from './errors.ts'

// https://developers.cloudflare.com/durable-objects/platform/limits/
const LONGEST_ROW = 2_000_000

/**
 * Refuses what no row holds: it has the URL and the settings as well.
 *
 * @throws {DurableObjectError} with `large`
 */
export function checkSize({
  payload,
  url = '',
  settings,
}: Pick<StoredDelivery, 'payload' | 'url' | 'settings'>): void {
  const length = payload.byteLength + url.length + JSON.stringify(settings ?? {}).length
  if (length > LONGEST_ROW) {
    const sentence = `the delivery has ${length} bytes, and a Durable Object keeps at most 2 MB in one row: send a shorter payload, such as a link to the data`
    throw new DurableObjectError('large', sentence)
  }
}
