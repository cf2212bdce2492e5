export { StoreError, type StoreErrorCode } from './errors.ts'
export type { Durability } from './node/open-database.ts'
export { type SqliteStore, type SqliteStoreOptions, sqliteStore } from './sqlite-store.ts'
