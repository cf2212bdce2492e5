import type { SqlDriver } from './sql-driver.ts'

/** The messages that several deliveries share. */
export interface PublishedMessages {
  /** Erases a message with the last of its deliveries; `false` when it was not published. */
  leave(message: number): boolean
}

/** Adds to the number of deliveries that a published message has. */
export const COUNT_DELIVERIES =
  'UPDATE ringback_publication SET deliveries = deliveries + ? WHERE message = ?'
const LEFT = 'SELECT deliveries FROM ringback_publication WHERE message = ?'
const DELETE_PUBLICATION = 'DELETE FROM ringback_publication WHERE message = ?'
const DELETE_MESSAGE = 'DELETE FROM ringback_message WHERE seq = ?'

/** Prepares erasing what was published. */
export function preparePublishedMessages(driver: SqlDriver): PublishedMessages {
  return {
    leave(message) {
      if (driver.count(COUNT_DELIVERIES, -1, message) === 0) return false
      if (Number(driver.get(LEFT, message)?.deliveries) > 0) return true
      driver.run(DELETE_PUBLICATION, message)
      driver.run(DELETE_MESSAGE, message)
      return true
    },
  }
}
