// Runs the demo, and prints who has delivered what.
import { runDemo } from './demo.ts'

const { orders, deliveredBy, received, repeated, killed } = await runDemo(100, console.log)
console.log(`
${orders} orders, ${received} callbacks received, ${repeated} of them twice`)
for (const [worker, count] of Object.entries(deliveredBy)) {
  console.log(`${worker}${worker === killed ? ' (killed)' : ''} delivered ${count}`)
}
