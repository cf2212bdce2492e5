// `npm run crash`: 200 random crashes under load. `npm run crash -- 1000 7`: 1000 crashes, with the seed 7.
import { crashRounds } from './crash-rounds.ts'
import { durableCrashes } from './durable-crash.ts'
import { postgresCrashes } from './postgres-crash.ts'

const [crashes = '200', seed = String(Date.now() % 1_000_000)] = process.argv.slice(2)
const BATCH = 20

console.log(`${crashes} crashes with seed ${seed}`)
for (let done = 0; done < Number(crashes); done += BATCH) {
  // a new file for each batch, since the receiver keeps all requests
  console.log(await crashRounds(Math.min(BATCH, Number(crashes) - done), Number(seed) + done))
}
// half as many of workerd, which takes longer to start
for (let done = 0; done < Number(crashes) / 2; done += BATCH) {
  console.log(
    'Durable Objects',
    await durableCrashes(Math.min(BATCH, Number(crashes) / 2 - done), Math.random),
  )
}
console.log('PostgreSQL', await postgresCrashes(Number(crashes) / 2, Math.random))
process.exit()
