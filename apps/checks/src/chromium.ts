import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import chromium, { inflate } from '@sparticuz/chromium'
import { type Browser, chromium as playwright } from 'playwright-core'
import { withTmpdir } from './with-tmpdir.ts'

/** A running browser; `close` ends it and removes its files. */
export interface RunningChromium {
  readonly browser: Browser
  close(): Promise<void>
}

// not the list of the package, which also disables web security
const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // no host name resolves
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
]

/**
 * Starts a headless Chromium. The installed package has the binary, libraries and font for Linux on x64; on other
 * systems the variable CHROMIUM has the path of the binary.
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

/** Extracts the browser, and gives its path. */
function extractInto(folder: string): Promise<string> {
  const archives = join(createRequire(import.meta.url).resolve('@sparticuz/chromium'), '../../bin')
  return withTmpdir(folder, async () => {
    await inflate(join(archives, 'al2023.tar.br'))
    return chromium.executablePath(archives)
  })
}
