import { describe, expect, it } from 'vitest'
import { specialUseOfName } from './special-use-of-name.ts'

describe('specialUseOfName', () => {
  it.each([
    'localhost',
    'a.localhost',
    'printer.local',
    'metadata.google.internal',
    'localhost.localdomain',
    'nas.home.arpa',
    'home.arpa',
    'a.onion',
    'a.b.invalid',
    'a.test',
  ])('knows %s', (name) => {
    expect(specialUseOfName(name)).toMatch(/^under \./)
  })

  it.each([
    'example.com',
    'a.example',
    'notlocalhost',
    'localhost.example.com',
    'internal.example.com',
    'arpa',
    'constructor',
    '',
  ])('passes %j', (name) => {
    expect(specialUseOfName(name)).toBeUndefined()
  })
})
