#!/usr/bin/env node
import { run } from './run.ts'

// a reader such as head may close the pipe
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0)
  throw error
})

const code = await run(process.argv)
// a loaded application may keep the process alive, with a database or a timer
process.stdout.write('', () => process.exit(code))
