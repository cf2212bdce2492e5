export { console } from './console.ts'
export { ConsoleError, type ConsoleErrorCode } from './errors.ts'
export type {
  ConsoleAccess,
  ConsoleOptions,
  ConsoleSender,
  ConsoleSenderOf,
} from './options.ts'
