export { type ReferenceOptions, reference } from './reference.ts'
export type { ReferenceTheme } from './theme.ts'
