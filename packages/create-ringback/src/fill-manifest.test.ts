import { describe, expect, it } from 'vitest'
import { fillManifest } from './fill-manifest.ts'

const OWN = {
  devDependencies: { '@ringback/core': '^1.2.0', hono: '4.13.19', mine: 'workspace:^' },
}

describe('fillManifest', () => {
  it('gives each package the version that was tested, and what is compatible with it', () => {
    const manifest = {
      name: 'api',
      dependencies: { hono: '*' },
      devDependencies: { '@ringback/core': '*' },
    }
    expect(fillManifest(manifest, OWN)).toEqual({
      name: 'api',
      dependencies: { hono: '^4.13.19' },
      devDependencies: { '@ringback/core': '^1.2.0' },
    })
  })

  it.each(['zod', 'mine', 'constructor'])('refuses %s, whose version is not known', (name) => {
    expect(() => fillManifest({ dependencies: { [name]: '*' } }, OWN)).toThrow(
      'run the published create-ringback',
    )
  })
})
