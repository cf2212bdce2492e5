// `npm run attack`: one owner attacks an API for 30 s in each way, then 20,000 origins do.
// `npm run attack -- 60 100000`: for 60 s, and 100,000 origins.
import { sendToOrigins } from './attacks/hostile-origins.ts'
import { ATTACKS, measureWaits } from './attacks/slow-for-others.ts'

const [seconds = '30', origins = '20000'] = process.argv.slice(2)

for (const attack of Object.keys(ATTACKS) as (keyof typeof ATTACKS)[]) {
  console.log(`${attack}: another owner waits, in ms`, await measureWaits(attack, Number(seconds)))
}
console.log(`${origins} origins`, await sendToOrigins(Number(origins)))
process.exit()
