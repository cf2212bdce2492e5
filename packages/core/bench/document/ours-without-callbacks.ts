import { document } from '../../src/document.ts'
import { countAsked, tellCost } from './measure.ts'
import { operations } from './operations.ts'

const all = operations(countAsked(), { callbacks: false })

await tellCost(() => document({ info: { title: 'Bench', version: '1.0.0' } }, all))
