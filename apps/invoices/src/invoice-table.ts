import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** An invoice as it is stored. */
export interface StoredInvoice {
  readonly id: string
  readonly title?: string | null | undefined
  readonly customer: string
  readonly total: number
}

/** The stored invoices, in the same file as the deliveries. */
export interface Invoices {
  save(invoice: StoredInvoice): void
  find(id: string): StoredInvoice | undefined
}

/** Opens the table of invoices, and creates it where it does not exist. */
export function openInvoices(path: string): Invoices {
  mkdirSync(dirname(path), { recursive: true })
  const database = new DatabaseSync(path)
  database.exec('PRAGMA busy_timeout = 5000')
  database.exec('PRAGMA journal_mode = WAL')
  database.exec(
    'CREATE TABLE IF NOT EXISTS invoice (id TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT',
  )

  return {
    // prepared each time: before Node 24, a statement does not keep its connection from being collected
    save: (invoice) => {
      database
        .prepare('INSERT OR REPLACE INTO invoice VALUES (?, ?)')
        .run(invoice.id, JSON.stringify(invoice))
    },
    find: (id) => {
      const row = database.prepare('SELECT json FROM invoice WHERE id = ?').get(id)
      return row === undefined ? undefined : (JSON.parse(String(row.json)) as StoredInvoice)
    },
  }
}
