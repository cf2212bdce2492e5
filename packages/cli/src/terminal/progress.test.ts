import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { createProgress } from './progress.ts'

/** What is written to a stream. */
function writtenTo(isTTY: boolean): string {
  const stream = Object.assign(new PassThrough(), { isTTY })
  // the members of a terminal that are read
  const progress = createProgress(stream as unknown as NodeJS.WriteStream)
  progress.show('1 of 2')
  progress.show('2 of 2')
  progress.end()
  progress.end()
  return String(stream.read() ?? '')
}

describe('progress', () => {
  it('is one line of a terminal, and ends once', () => {
    expect(writtenTo(true)).toBe('\r1 of 2\r2 of 2\n')
  })

  it('is nothing elsewhere', () => {
    expect(writtenTo(false)).toBe('')
  })
})
