interface Bytes {
  readonly bytes: readonly number[]
}

/** Writes a value as JSON in which bytes are a list of numbers. */
export function writeJson(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    member instanceof Uint8Array ? ({ bytes: [...member] } satisfies Bytes) : member,
  )
}

/** Reads what `writeJson` has written; nothing stands for `undefined`. */
export function readJson(text: string): unknown {
  if (text === '') return undefined
  return JSON.parse(text, (_, member: unknown) =>
    isBytes(member) ? new Uint8Array(member.bytes) : member,
  )
}

function isBytes(value: unknown): value is Bytes {
  return typeof value === 'object' && value !== null && Array.isArray(Reflect.get(value, 'bytes'))
}
