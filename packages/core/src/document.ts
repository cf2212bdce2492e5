export { document, fragment } from './openapi/document.ts'
export { sampleValue } from './openapi/sample-value.ts'
