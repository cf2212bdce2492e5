import { createApi } from '../../src/index.ts'
import { operations } from './operations.ts'

export const app = createApi({ info: { title: 'Invoices', version: '1.0.0' } }, operations)
