import { describe, expect, it } from 'vitest'
import { V1, V1A, withCode } from '../test/fixtures.ts'
import { MAX_SIGNATURES, parseSignatures } from './parse-signatures.ts'

describe('parseSignatures', () => {
  it('reads the known versions, in order', () => {
    const signatures = parseSignatures(`${V1A} ${V1} ${V1}`)
    expect(signatures.map(({ version }) => version)).toEqual(['v1a', 'v1', 'v1'])
    expect(signatures.map(({ bytes }) => bytes.length)).toEqual([64, 32, 32])
  })

  it.each(['v2,AAAA', 'v1b,not-base64!', 'V1,AAAA', 'v1aa,AAAA'])('leaves out %s', (entry) => {
    expect(parseSignatures(entry)).toEqual([])
    expect(parseSignatures(`${entry} ${V1}`)).toHaveLength(1)
  })

  it.each([
    ['a short signature', 'v1,AAAA'],
    ['no value', 'v1,'],
    ['no version', 'g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='],
    ['text', 'yes'],
    ['a line break', `${V1}\n`],
    ['a v1 value labelled v1a', V1.replace('v1', 'v1a')],
    ['no padding', V1.slice(0, -1)],
    ['nothing, between two spaces', ''],
  ])('leaves out %s beside a good entry', (_, entry) => {
    const good = parseSignatures(V1)
    for (const header of [`${entry} ${V1}`, `${V1} ${entry}`, `${entry} ${V1} ${entry}`]) {
      expect(parseSignatures(header)).toEqual(good)
    }
  })

  it('does not take a malformed entry for an unknown version', () => {
    expect(parseSignatures('v2,AAAA v1,x')).toEqual([])
  })

  it('reads as many as a header may carry', () => {
    const header = Array(MAX_SIGNATURES).fill(V1A).join(' ')
    expect(parseSignatures(header)).toHaveLength(MAX_SIGNATURES)
  })

  it.each([
    ['nothing', ''],
    ['a space', ' '],
    ['no version', 'g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE='],
    ['no value', 'v1,'],
    ['an equals sign for the comma', V1.replace(',', '=')],
    ['no padding', V1.slice(0, -1)],
    ['low bits that no byte has', V1.replace('OE=', 'OF=')],
    ['the URL alphabet', V1.replace('+', '-').replace('/', '_')],
    ['a short signature', 'v1,AAAA'],
    ['a v1 value labelled v1a', V1.replace('v1', 'v1a')],
    ['a v1a value labelled v1', V1A.replace('v1a', 'v1')],
    ['two headers joined', `${V1}, ${V1}`],
    ['two headers joined without a space', `${V1},${V1}`],
    ['an unknown version and a header joined', `v2,AAAA, ${V1}`],
    ['two headers joined beside a good entry', `${V1} ${V1},${V1}`],
    ['a tab', `${V1}\t${V1}`],
    ['a line break', `${V1}\n`],
    ['only bad ones', 'v1,x  v1, yes'],
    [
      'too many',
      Array(MAX_SIGNATURES + 1)
        .fill(V1)
        .join(' '),
    ],
    ['a megabyte of spaces', ' '.repeat(1_000_000)],
    ['a megabyte of an unknown version', `v2,${'A'.repeat(1_000_000)}`],
  ])('refuses %s', (_, header) => {
    expect(() => parseSignatures(header)).toThrow(withCode('malformed-header'))
  })
})
