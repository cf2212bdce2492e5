import type { DeliveryTarget } from '@ringback/sender'
import type { SqlDriver } from './sql-driver.ts'

/** Where the deliveries of registered endpoints go. */
export interface EndpointTargets {
  /** Gives where the deliveries of an endpoint go; `damaged` when that cannot be read. */
  targetOf(id: string): DeliveryTarget | 'damaged' | undefined
}

const SELECT = 'SELECT url, keys, sealed_headers FROM ringback_subscription WHERE id = ?'

/** Prepares reading targets, which a claim does. */
export function prepareEndpointTargets(driver: SqlDriver): EndpointTargets {
  return {
    targetOf(id) {
      const row = driver.get(SELECT, id)
      if (row === undefined) return undefined
      const { url, sealed_headers: sealed } = row
      const keys = readKeys(row.keys)
      if (keys === undefined || typeof url !== 'string' || !URL.canParse(url)) return 'damaged'
      return { id, url, keys, ...(typeof sealed === 'string' && { sealedHeaders: sealed }) }
    },
  }
}

function readKeys(stored: unknown): DeliveryTarget['keys'] | undefined {
  try {
    const keys: unknown = JSON.parse(String(stored))
    // written by `writeEndpointRow`
    return Array.isArray(keys) && keys.length > 0 ? (keys as DeliveryTarget['keys']) : undefined
  } catch {
    return undefined
  }
}
