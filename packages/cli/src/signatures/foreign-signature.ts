/** Headers that other ways of signing have, and how they are verified. */
const OTHERS: Readonly<Record<string, string>> = {
  'x-hub-signature-256': 'GitHub and Meta sign the body alone',
  'x-hub-signature': 'GitHub signs the body alone',
  'stripe-signature': 'Stripe signs the time and the body',
  'x-slack-signature': 'Slack signs the time and the body',
  'x-shopify-hmac-sha256': 'Shopify signs the body alone',
  'x-twilio-signature': 'Twilio signs the URL and the parameters',
  'paypal-transmission-sig': 'PayPal signs with a certificate',
  'x-signature': 'it is a signature of the sender’s own kind',
}

/** Says how a request is signed that is not signed as Standard Webhooks says; `undefined` when nothing tells. */
export function foreignSignature(headers: Readonly<Record<string, string>>): string | undefined {
  const found = Object.entries(OTHERS).find(([name]) => Object.hasOwn(headers, name))
  if (found === undefined) return undefined
  const [name, how] = found
  return `The request is signed in another way than Standard Webhooks: ${name} (${how}). Verify it as its sender documents.`
}
