import { PassThrough } from 'node:stream'
import { describe, expect, it } from 'vitest'
import { createAsk } from './ask.ts'

/** A terminal on which somebody types a line after each question. */
function terminalWith(...lines: string[]) {
  const input = Object.assign(new PassThrough(), { isTTY: true })
  const output = Object.assign(new PassThrough(), { isTTY: true })
  const shown: string[] = []
  output.on('data', (chunk: Buffer) => {
    shown.push(String(chunk))
    if (/: $/.test(String(chunk))) input.write(`${lines.shift()}\n`)
  })
  return { input, output, shown }
}

describe('on a terminal', () => {
  it('the folder is asked for, and has a name by default', async () => {
    expect(await createAsk(terminalWith('orders')).folder()).toBe('orders')
    expect(await createAsk(terminalWith('')).folder()).toBe('my-api')
  })

  it('the template is asked for by number or name, until it is one', async () => {
    const terminal = terminalWith('3', 'constructor', '2')
    expect(await createAsk(terminal).template()).toBe('workers')
    expect(terminal.shown.join('')).toContain(
      '  1  Node, with deliveries in SQLite\n  2  Cloudflare',
    )
    expect(await createAsk(terminalWith('workers')).template()).toBe('workers')
    expect(await createAsk(terminalWith('')).template()).toBe('node')
  })
})

describe('elsewhere', () => {
  it('nothing is asked: the folder must be given, and the template is node', async () => {
    const ask = createAsk({ input: new PassThrough(), output: new PassThrough() })
    await expect(ask.folder()).rejects.toThrow('give a folder, such as npm create ringback my-api')
    expect(await ask.template()).toBe('node')
  })
})
