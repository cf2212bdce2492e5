import type { Random } from './random.ts'

/** Texts that change the meaning of an expression, a key or a URL. */
const PIECES = [
  ...'{}$#~/?&=+%@:.\\[]"\'; \t\n\r\0',
  ...[
    '~0',
    '~1',
    '%2e',
    '%2F',
    '%3A',
    '%00',
    '%zz',
    '..',
    '/../',
    '//',
    '\\u0041',
    '\ud800',
    '\udc00',
  ],
  ...['{$url}', '{$method}', '$request.', '$response.', 'body#/', 'query.', 'header.', 'path.'],
  ...[
    'https://',
    'http:',
    'javascript:',
    'user:pw@',
    ':8443',
    '[::1]',
    '127.1',
    'xn--',
    '。',
    '\uff0e',
  ],
  ...['__proto__', 'constructor', 'length', 'toString', '0', '-1', '1e3', 'é', 'e\u0301', '😀'],
]

/** Text of random bytes: read as Latin-1, as UTF-8, or as UTF-16 lone surrogates included. */
export function randomText(random: Random): string {
  const length = random.pick([0, 1, 3, 8, 20, 60, 300])
  const bytes = Uint8Array.from({ length }, () => random.below(256))
  switch (random.below(4)) {
    case 0:
      return String.fromCharCode(...bytes)
    case 1:
      return new TextDecoder().decode(bytes)
    case 2:
      return String.fromCharCode(...bytes.map((byte) => byte & 127))
    default:
      return String.fromCharCode(...new Uint16Array(bytes.buffer, 0, length >> 1))
  }
}

/** Changes a text in a few places; `others` are texts to take pieces from. */
export function mutateText(text: string, others: readonly string[], random: Random): string {
  let mutated = text
  for (let times = random.below(4); times >= 0; times -= 1) {
    const at = random.below(mutated.length + 1)
    const to = Math.min(mutated.length, at + random.pick([0, 1, 1, 2, 8, 40]))
    mutated = mutated.slice(0, at) + pieceOf(mutated, others, random) + mutated.slice(to)
  }
  return mutated
}

function pieceOf(text: string, others: readonly string[], random: Random): string {
  switch (random.below(8)) {
    case 0:
      return ''
    case 1:
      return randomText(random).slice(0, 4)
    case 2: {
      const other = random.pick(others)
      return other.slice(random.below(other.length + 1))
    }
    case 3: {
      const from = random.below(text.length + 1)
      return text.slice(from, from + random.below(12))
    }
    default:
      return random.pick(PIECES)
  }
}

/** Changes some of the texts in a JSON value, and replaces some of the values. */
export function mutateJson(value: unknown, others: readonly string[], random: Random): unknown {
  if (random.below(12) === 0) return otherValue(random)
  if (typeof value === 'string') {
    return random.below(3) === 0 ? mutateText(value, others, random) : value
  }
  if (Array.isArray(value)) return value.map((one) => mutateJson(one, others, random))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [
      random.below(20) === 0 ? mutateText(name, others, random) : name,
      mutateJson(one, others, random),
    ]),
  )
}

function otherValue(random: Random): unknown {
  const numbers = [0, -0, 1.5, 1e21, 2 ** 53, Number.NaN, Number.NEGATIVE_INFINITY]
  return random.pick<() => unknown>([
    () => random.pick(numbers),
    () => random.pick(PIECES),
    () => randomText(random),
    () => null,
    () => undefined,
    () => true,
    () => [],
    () => ({}),
    () => [random.pick(PIECES), random.pick(PIECES)],
    () => new Uint8Array(3),
    () => new Blob(['a']),
  ])()
}
