// visible ASCII. Without `.`: 'a.1' at '2' over 'x' and 'a' at '1' over '2.x' are the same bytes.
// Without `,`: it joins the values of a header that was sent twice.
const MESSAGE_ID = /^[!-+\-/-~]{1,255}$/

/**
 * Says whether an id can be signed: 1 to 255 visible ASCII characters, no full stop, no comma.
 *
 * @example
 * isMessageId('msg_2expen51ve') // true
 * isMessageId('msg.1') // false
 *
 * @see https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md#signature-scheme
 */
export function isMessageId(id: unknown): id is string {
  return typeof id === 'string' && MESSAGE_ID.test(id)
}
