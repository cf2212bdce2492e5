export { document, fragment } from './openapi/document.ts'
export { type SampleMessage, sampleContent, sampleMessage } from './openapi/sample-message.ts'
export { sampleValue } from './openapi/sample-value.ts'
