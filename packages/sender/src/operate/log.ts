/**
 * Takes the lines of a sender. The console fits, and so do pino and its like. Only `debug` lines have addresses.
 *
 * @example
 * createSender({ store, secrets, log: pino() })
 */
export interface Log {
  debug(entry: string | Error): void
  info(entry: string | Error): void
  warn(entry: string | Error): void
  error(entry: string | Error, message?: string): void
}

const ignore = () => {}

/** The console without its `debug`, which Node prints: an address is logged only where that was asked for. */
export const consoleLog: Log = {
  debug: ignore,
  info: (entry) => console.info(entry),
  warn: (entry) => console.warn(entry),
  error: (entry, message) => console.error(entry, message),
}

export const silentLog: Log = { debug: ignore, info: ignore, warn: ignore, error: ignore }
