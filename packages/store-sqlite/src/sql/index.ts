export { type CallbackTables, createCallbackTables } from './callback-tables.ts'
export {
  createDeliveryTables,
  type DeliveryTables,
  type EndpointTables,
} from './delivery-tables.ts'
export { migrate } from './migrate.ts'
export type { Migration } from './migrations.ts'
export type { QueryPage } from './query.ts'
export type { SqlDriver, SqlRow, SqlValue } from './sql-driver.ts'
