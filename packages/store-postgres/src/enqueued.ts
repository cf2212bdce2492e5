import type { EnqueueResult, StoredDelivery } from '@ringback/sender'
import { isSameDelivery, toDelivery } from '@ringback/sender/store'
import type { PostgresRow } from './driver.ts'
import { StoreError } from './errors.ts'

/** Reads what became of a delivery that was to be stored. */
export async function toEnqueued(
  row: PostgresRow | undefined,
  delivery: StoredDelivery | undefined,
  find: (id: string) => Promise<StoredDelivery | undefined>,
): Promise<EnqueueResult> {
  if (row === undefined || delivery === undefined) {
    throw new StoreError('failed', 'PostgreSQL gave no result for a delivery: try again')
  }
  const { due_at: dueAt, known } = row
  if (typeof known !== 'string') {
    const shown = toDelivery(delivery)
    return {
      kind: 'stored',
      delivery: typeof dueAt === 'number' ? { ...shown, dueAt } : shown,
    }
  }
  const stored = await find(known)
  // erased at this moment
  if (stored === undefined) return { kind: 'conflict', delivery: toDelivery(delivery) }
  const isSame = isSameDelivery(stored, delivery)
  return { kind: isSame ? 'duplicate' : 'conflict', delivery: toDelivery(stored) }
}
