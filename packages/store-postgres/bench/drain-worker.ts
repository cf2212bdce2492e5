// Sends for one contender, in a process of its own, whose CPU is measured: begins at the first message, and answers each
// further one with the milliseconds of CPU that it has used since.
import { openContender } from './contenders.ts'

const [name = '', url = '', owners = '1'] = process.argv.slice(2)
const contender = await openContender(name, { url, owners: Number(owners) })
let before = process.cpuUsage()
let isWorking = false
process.on('message', async () => {
  if (isWorking) {
    const { user, system } = process.cpuUsage(before)
    process.send?.((user + system) / 1000)
    return
  }
  isWorking = true
  before = process.cpuUsage()
  await contender.work()
})
process.send?.('ready')
