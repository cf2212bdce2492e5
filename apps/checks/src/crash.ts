// `npm run crash`: 200 random crashes under load. `npm run crash -- 1000 7` takes more, with another seed.
import { crashRounds } from './crash-rounds.ts'

const [crashes = '200', seed = String(Date.now() % 1_000_000)] = process.argv.slice(2)
const BATCH = 20

console.log(`${crashes} crashes with seed ${seed}`)
for (let done = 0; done < Number(crashes); done += BATCH) {
  // a file of its own for each batch, since the receiver remembers all that it got
  console.log(await crashRounds(Math.min(BATCH, Number(crashes) - done), Number(seed) + done))
}
process.exit()
