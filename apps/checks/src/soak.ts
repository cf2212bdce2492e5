// `npm run soak`: sends at a steady rate for ten minutes, and fails unless memory and descriptors stay flat.
// `npm run soak -- 60`: for an hour. `-- 10 --rate 30 --publish`: 30 deliveries a second, of published webhooks.
import { parseArgs } from 'node:util'
import { runSoak } from './soak/run-soak.ts'

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { rate: { type: 'string', default: '100' }, publish: { type: 'boolean' } },
})
const [minutes = '10'] = positionals
// the heap wanders by what is in flight, the resident memory by what the allocator keeps
const MORE_HEAP = 10
const MORE_RSS = 50
const MORE_DESCRIPTORS = 50

const { asked, first, last } = await runSoak({
  seconds: Number(minutes) * 60,
  rate: Number(values.rate),
  isPublishing: values.publish ?? false,
  onUse: (use) => console.log(JSON.stringify(use)),
})
const grown = (name: 'heap' | 'rss' | 'descriptors') => last[name] - first[name]
console.log(`${asked} deliveries: first`, first, 'last', last)
const isFlat =
  grown('heap') <= MORE_HEAP && grown('rss') <= MORE_RSS && grown('descriptors') <= MORE_DESCRIPTORS
console.log(isFlat ? 'flat' : 'memory or descriptors have grown')
process.exit(isFlat ? 0 : 1)
