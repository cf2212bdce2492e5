export { document, fragment } from './openapi/document.ts'
