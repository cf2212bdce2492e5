import type { Command } from 'commander'
import { print, printJson } from '../terminal/write.ts'

interface JsonOption {
  readonly json?: true
}

/** Adds `secret` and `keypair`, which make signing keys. */
export function addSecretCommands(program: Command): void {
  program
    .command('secret')
    .summary('make a secret that signs callbacks')
    .description(
      'Makes a secret for HMAC-SHA256: sender and receiver have the same one. Who holds it can also sign.',
    )
    .option('--json', 'print JSON')
    .addHelpText(
      'after',
      `
Examples:
  $ ringback secret
  $ echo "CALLBACK_SECRET=$(ringback secret)" >> .env`,
    )
    .action(async ({ json }: JsonOption) => {
      const { generateSecret } = await import('@ringback/signing')
      const secret = generateSecret()
      if (json) printJson({ secret })
      else print(secret)
    })
  program
    .command('keypair')
    .summary('make an ed25519 pair, for receivers that should only verify')
    .description(
      'Makes a pair for ed25519: the sender keeps the private key, and its receivers have the public key.',
    )
    .option('--json', 'print JSON')
    .addHelpText('after', '\nExample:\n  $ ringback keypair --json')
    .action(async ({ json }: JsonOption) => {
      const { generateKeyPair } = await import('@ringback/signing')
      const pair = await generateKeyPair()
      if (json) printJson(pair)
      else
        print(
          `private key, for the sender:    ${pair.privateKey}\npublic key, for its receivers:  ${pair.publicKey}`,
        )
    })
}
