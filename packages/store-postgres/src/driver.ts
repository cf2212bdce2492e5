/** A value of a parameter: every driver sends these in the same way. */
export type PostgresValue = string | number | null

/** A row as a driver reads it. */
export type PostgresRow = Readonly<Record<string, unknown>>

/** What the store needs of a driver; make one with `pgDriver` and its like. */
export interface PostgresDriver {
  /**
   * Runs one statement, whose parameters are `$1`, `$2` and so on, on any connection; gives its rows. One that is run
   * all the time has a name, under which a connection may keep it prepared; no other text has that name.
   */
  run(
    text: string,
    values?: readonly PostgresValue[],
    name?: string,
  ): Promise<readonly PostgresRow[]>
  /**
   * Listens to a channel; resolves to how to end that. `onLost` is called when the connection is lost, unless the driver
   * connects again by itself, when it calls `onNotify`. Absent where there is no connection that stays open.
   */
  listen?(channel: string, listener: PostgresListener): Promise<() => Promise<void> | void>
}

/** Called by a driver that listens. */
export interface PostgresListener {
  onNotify(): void
  onLost(): void
}
