import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))

function create(...args: string[]) {
  const cwd = mkdtempSync(join(tmpdir(), 'create-ringback-'))
  onTestFinished(() => rmSync(cwd, { recursive: true }))
  writeFileSync(join(cwd, 'mine.txt'), 'mine')
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    cwd,
    encoding: 'utf8',
    input: '',
  })
  return { status, stdout, stderr, files: readdirSync(cwd) }
}

describe('npm create ringback', () => {
  it('prints its help with examples', () => {
    const { status, stdout } = create('--help')
    expect(status).toBe(0)
    expect(stdout).toContain('$ npm create ringback my-api -- --template workers')
  })

  it.each([
    ['a folder that is not empty', ['.'], 'nothing in it was changed: give a new folder'],
    ['no folder, without a terminal', [], 'give a folder'],
    ['two folders', ['a', 'b'], "such as 'b': give one"],
    ['another template', ['a', '--template', 'deno'], 'give --template node or workers'],
    ['a template of no name', ['a', '--template', 'toString'], 'give --template node or workers'],
    ['what it was not published with, from its source', ['a'], 'run the published create-ringback'],
    ['an option that it does not know', ['a', '--tempalte', 'node'], '--help lists the options'],
  ])('refuses %s with 2, and writes nothing', (_name, args, sentence) => {
    const { status, stderr, files } = create(...args)
    expect(status).toBe(2)
    expect(stderr).toContain(sentence)
    expect(files).toEqual(['mine.txt'])
  })
})
