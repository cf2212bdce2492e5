export { type AppDocumentOptions, documentOfApp } from './app/load-app.ts'
export { CliError } from './errors.ts'
