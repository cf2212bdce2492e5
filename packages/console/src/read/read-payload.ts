/** The bytes of a payload as text, and whether some are left out. */
export interface ReadPayload {
  readonly text: string
  readonly isCut: boolean
}

const MOST = 32_768

/** Reads a payload to be shown: JSON with line breaks, other text as it is, and bytes as hexadecimal digits. */
export function readPayload(payload: Uint8Array<ArrayBuffer>): ReadPayload {
  const text = decode(payload)
  const whole = text === undefined ? toHex(payload.subarray(0, MOST)) : layOut(text)
  return { text: whole.slice(0, MOST), isCut: whole.length > MOST }
}

/** Gives JSON with line breaks; text that is none, or that would change, stays as it is. */
export function layOut(text: string): string {
  try {
    const value: unknown = JSON.parse(text)
    // a number past 2^53 or a name that is there twice would be shown as another
    return JSON.stringify(value) === text ? JSON.stringify(value, undefined, 2) : text
  } catch {
    return text
  }
}

function decode(bytes: Uint8Array<ArrayBuffer>): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function toHex(bytes: Uint8Array): string {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
}
