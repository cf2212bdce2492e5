import { createApi } from '../../src/index.ts'
import { answerQuestions } from './measure.ts'
import { operations } from './operations.ts'

const app = createApi({ info: { title: 'Invoices', version: '1.0.0' } }, operations)

answerQuestions(app)
