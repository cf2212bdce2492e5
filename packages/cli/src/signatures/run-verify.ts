import { readFile } from 'node:fs/promises'
import { buffer } from 'node:stream/consumers'
import type { VerifyCommandOptions } from '../commands/verify.ts'
import { CliError, EXIT, messageOf } from '../errors.ts'
import { readSavedRequest } from '../requests/saved-request.ts'
import { print, printJson } from '../terminal/write.ts'
import { diagnose } from './diagnose.ts'

/** Verifies a saved request, and prints why its signature fails. */
export async function verifyRequest(file: string, options: VerifyCommandOptions): Promise<void> {
  const { secret = [], tolerance, headerPrefix, json } = options
  if (secret.length === 0) {
    throw new CliError(
      'There is nothing to verify with: give --secret whsec_…, or set CALLBACK_SECRET.',
    )
  }
  const request = readSavedRequest(await readBytes(file), file)
  const now = options.now ?? Math.floor(Date.now() / 1000)
  const diagnosis = await diagnose(request, { secrets: secret, now, tolerance, headerPrefix })
  if (json) {
    printJson(diagnosis)
  } else if (diagnosis.ok) {
    print(`The signature is right. It was made at ${diagnosis.signedAt.toISOString()}.`)
  } else {
    const parsed = request.isParsed
      ? '\nThe body was saved as parsed JSON, so that its bytes are not known: save it as text, or as bodyBase64.'
      : ''
    print(`${diagnosis.problem}: ${diagnosis.message}${parsed}`)
  }
  if (!diagnosis.ok) process.exitCode = diagnosis.problem === 'secret' ? EXIT.trouble : EXIT.failed
}

async function readBytes(file: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(file === '-' ? await buffer(process.stdin) : await readFile(file))
  } catch (cause) {
    throw new CliError(
      `'${file}' cannot be read: ${messageOf(cause)}; give the path of a saved request.`,
      { cause },
    )
  }
}
