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
    ['two spaces', `${V1}  ${V1}`],
    ['a leading space', ` ${V1}`],
    ['a trailing space', `${V1} `],
    ['a tab', `${V1}\t${V1}`],
    ['a line break', `${V1}\n`],
    ['one good entry among bad ones', `${V1} v1,x`],
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
