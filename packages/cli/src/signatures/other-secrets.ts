interface OtherSecret {
  readonly secret: string
  readonly description: string
}

/** Lists the keys that a sender may have made of the same secret by mistake. */
export function otherSecrets(secrets: readonly string[]): OtherSecret[] {
  return secrets.flatMap((given): OtherSecret[] => {
    if (/^wh[sp]k_/.test(given)) return []
    const bare = given.replace(/^whsec_/, '')
    return [
      {
        bytes: Buffer.from(given),
        description:
          'The sender signs with the text of the secret, whsec_ included: it must decode what follows whsec_ as base64.',
      },
      {
        bytes: Buffer.from(bare),
        description:
          'The sender signs with the text of the secret: it must decode what follows whsec_ as base64.',
      },
      {
        bytes: Buffer.from(bare, 'hex'),
        description:
          'The sender takes the secret for hexadecimal: it must decode what follows whsec_ as base64.',
      },
    ].flatMap(({ bytes, description }) => {
      // no key that verify would take
      if (bytes.length < 24 || bytes.length > 64) return []
      return { secret: `whsec_${bytes.toString('base64')}`, description }
    })
  })
}
