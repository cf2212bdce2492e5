const addresses = new Map<string, string>()

/**
 * Makes a name that a guarded fetch takes to resolve to an address, until `end`: whoever refuses the name judges what
 * names resolve to, and not only URLs. Anybody else asks DNS for it, where names under `example` never exist.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6761#section-6.5
 */
export function createProbeName(address: string): { readonly name: string; end(): void } {
  const name = `egress-test-${crypto.randomUUID()}.example`
  addresses.set(name, address)
  return { name, end: () => addresses.delete(name) }
}

/** Gives the address that a probe's name stands for. */
export function probeAddressOf(name: string): string | undefined {
  return addresses.size === 0 ? undefined : addresses.get(name)
}
