export { type ReferenceOptions, type ReferenceTheme, reference } from './reference.ts'
