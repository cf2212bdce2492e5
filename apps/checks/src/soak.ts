// `npm run soak`: sends at a steady rate for ten minutes, and fails unless memory and descriptors stay flat.
// `npm run soak -- 60`: for an hour.
import { runSoak } from './soak/run-soak.ts'

const [minutes = '10'] = process.argv.slice(2)
// the heap wanders by what is in flight, the resident memory by what the allocator keeps
const MORE_HEAP = 10
const MORE_RSS = 50
const MORE_DESCRIPTORS = 50

const { asked, first, last } = await runSoak({
  seconds: Number(minutes) * 60,
  onUse: (use) => console.log(JSON.stringify(use)),
})
const grown = (name: 'heap' | 'rss' | 'descriptors') => last[name] - first[name]
console.log(`${asked} callbacks: first`, first, 'last', last)
const isFlat =
  grown('heap') <= MORE_HEAP && grown('rss') <= MORE_RSS && grown('descriptors') <= MORE_DESCRIPTORS
console.log(isFlat ? 'flat' : 'memory or descriptors have grown')
process.exit(isFlat ? 0 : 1)
