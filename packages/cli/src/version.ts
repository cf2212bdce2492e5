import { readFileSync } from 'node:fs'

/** Reads the version of this package. */
export function readVersion(): string {
  // beside src and dist alike
  const url = new URL('../package.json', import.meta.url)
  const manifest: unknown = JSON.parse(readFileSync(url, 'utf8'))
  return typeof manifest === 'object' && manifest && 'version' in manifest
    ? String(manifest.version)
    : ''
}
