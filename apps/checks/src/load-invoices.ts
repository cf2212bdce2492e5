import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { vi } from 'vitest'

/** Loads the app of the invoices example, without its log, on a database that `remove` removes. */
export async function loadInvoices() {
  const folder = await mkdtemp(join(tmpdir(), 'invoices-'))
  // its module reads these once
  vi.stubEnv('DATABASE', join(folder, 'callbacks.db'))
  vi.stubEnv('CALLBACK_SECRET', `whsec_${Buffer.alloc(32).toString('base64')}`)
  const { app } = await import('invoices/src/invoices.ts')
  vi.unstubAllEnvs()
  vi.spyOn(console, 'log').mockReturnValue()
  return { app, remove: () => rm(folder, { recursive: true }) }
}
