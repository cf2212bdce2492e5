// Installs what the repository needs, with the pnpm that package.json pins; needs only Node and npm.
// Does nothing when the installed tree is the one that the lockfile describes.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

const root = new URL('../', import.meta.url)

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(new URL(path, root), 'utf8')
  } catch {
    return undefined
  }
}

// pnpm leaves a copy of the lockfile that it installed
if (read('pnpm-lock.yaml') !== read('node_modules/.pnpm/lock.yaml')) {
  const { packageManager } = JSON.parse(read('package.json') ?? '{}')
  console.log(`Setting up: installing dependencies with ${packageManager} …`)
  const { status, error } = spawnSync(
    'npx',
    ['--yes', packageManager, 'install', '--frozen-lockfile'],
    {
      cwd: root,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    },
  )
  if (status !== 0) {
    console.error(
      `Setting up failed${error ? `: ${error.message}` : ''}. It needs the npm registry; run the command again once it answers.`,
    )
    process.exit(status ?? 1)
  }
}
