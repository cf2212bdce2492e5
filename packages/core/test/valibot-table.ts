import * as v from 'valibot'

/** How a document describes a schema or an action. */
export type Outcome =
  | 'converted' // JSON Schema accepts the same values
  | 'loosely' // it accepts more; the note says which part is missing
  | 'refused' // an error that names operation, member and remedy

/** A row: an exported name of valibot, called with these arguments. */
export interface Row {
  readonly name: string
  readonly args?: readonly unknown[]
  /** The schema that an action is applied to. */
  readonly on?: v.GenericSchema
  readonly outcome: Outcome
  readonly note?: string
  /** The JSON Schema of each side; `null` where it is refused. */
  readonly input: object | null
  readonly output: object | null
  /** JSON values that the schema accepts, and some that it does not. */
  readonly takes?: readonly unknown[]
  readonly refuses?: readonly unknown[]
}

type Samples = Pick<Row, 'takes' | 'refuses'>

const text = v.string()
const number = v.number()
const list = v.array(v.number())
const record = v.record(v.string(), v.number())
const file = v.file()
const yes = () => true

const T = { type: 'string' }
const N = { type: 'number' }
const L = { type: 'array', items: N }
const R = { type: 'object', additionalProperties: N }
const OR_NULL = (json: object) => ({ anyOf: [json, { type: 'null' }] })

function samples(takes: readonly unknown[], refuses: readonly unknown[]): Samples {
  return { takes, refuses }
}

/** A check of text that one keyword expresses. */
function ofText(name: string, args: readonly unknown[], more: object, its: Samples): Row {
  const json = { ...T, ...more }
  return { name, args, on: text, outcome: 'converted', input: json, output: json, ...its }
}

/** A check that JSON Schema has no keyword for. */
function leftOut(name: string, args: readonly unknown[], on: v.GenericSchema, json: object): Row {
  return { name, args, on, outcome: 'loosely', note: 'left out', input: json, output: json }
}

function same(json: object): Pick<Row, 'input' | 'output'> {
  return { input: json, output: json }
}

const REFUSED = { outcome: 'refused', input: null, output: null } as const

const A = v.object({ k: v.literal('a') })
const B = v.object({ k: v.literal('b') })
const BRANCHES = ['a', 'b'].map((k) => ({
  type: 'object',
  properties: { k: { type: 'string', const: k } },
  required: ['k'],
}))
const MEMBERS = { type: 'object', properties: { a: T }, required: ['a'] }
const entries = { a: text }

/** The schemas of valibot 1.5. */
export const SCHEMAS: readonly Row[] = [
  { name: 'any', outcome: 'converted', ...same({}), ...samples([1, 'a', null], []) },
  {
    name: 'array',
    args: [number],
    outcome: 'converted',
    ...same(L),
    ...samples([[], [1]], [['a'], {}]),
  },
  {
    name: 'bigint',
    ...REFUSED,
    note: 'in parameters and forms, which are text: `{ "type": "integer" }`',
  },
  {
    name: 'blob',
    ...REFUSED,
    note: 'in forms and other bodies: `{ "type": "string", "format": "binary" }`',
  },
  { name: 'boolean', outcome: 'converted', ...same({ type: 'boolean' }), ...samples([true], [1]) },
  { name: 'custom', args: [yes], ...REFUSED, note: 'in parameters and forms: `{}`' },
  {
    name: 'date',
    ...REFUSED,
    output: { type: 'string', format: 'date-time' },
    note: 'refused in the input as JSON; in parameters as the output',
  },
  {
    name: 'enum',
    args: [{ A: 'a', B: 1 }],
    outcome: 'converted',
    ...same({ type: ['string', 'number'], enum: ['a', 1] }),
    ...samples(['a', 1], ['b', 2]),
  },
  {
    name: 'exactOptional',
    args: [text],
    outcome: 'converted',
    note: 'as a member: not required',
    ...same(T),
  },
  {
    name: 'file',
    ...REFUSED,
    note: 'in forms and other bodies: `{ "type": "string", "format": "binary" }`',
  },
  { name: 'function', ...REFUSED },
  {
    name: 'instance',
    args: [URL],
    ...REFUSED,
    note: 'in parameters and forms: `{}`',
  },
  {
    name: 'intersect',
    args: [[v.object(entries), v.object({ b: number })]],
    outcome: 'converted',
    ...same({
      allOf: [MEMBERS, { type: 'object', properties: { b: N }, required: ['b'] }],
    }),
    ...samples([{ a: '', b: 1 }], [{ a: '' }]),
  },
  {
    name: 'lazy',
    args: [() => text],
    outcome: 'converted',
    note: 'a recursive one needs a name; a function that returns a promise is refused',
    ...same(T),
    ...samples(['a'], [1]),
  },
  {
    name: 'literal',
    args: ['a'],
    outcome: 'converted',
    note: 'bigints, except in parameters, and symbols are refused',
    ...same({ type: 'string', const: 'a' }),
    ...samples(['a'], ['b']),
  },
  {
    name: 'looseObject',
    args: [entries],
    outcome: 'converted',
    ...same({ ...MEMBERS, additionalProperties: {} }),
    ...samples([{ a: '', b: 1 }], [{ b: 1 }]),
  },
  {
    name: 'looseTuple',
    args: [[text]],
    outcome: 'converted',
    ...same({ type: 'array', prefixItems: [T], minItems: 1 }),
    ...samples([['a'], ['a', 1]], [[], [1]]),
  },
  { name: 'map', args: [text, text], ...REFUSED },
  { name: 'nan', ...REFUSED },
  { name: 'never', outcome: 'converted', ...same({ not: {} }), ...samples([], [1, null]) },
  {
    name: 'nonNullable',
    args: [v.nullable(text)],
    outcome: 'converted',
    ...same(T),
    ...samples(['a'], [null]),
  },
  {
    name: 'nonNullish',
    args: [v.nullish(text)],
    outcome: 'converted',
    ...same(T),
    ...samples(['a'], [null]),
  },
  {
    name: 'nonOptional',
    args: [v.optional(text, 'a')],
    outcome: 'converted',
    note: 'as a member: required',
    ...same(T),
  },
  { name: 'null', outcome: 'converted', ...same({ type: 'null' }), ...samples([null], [0]) },
  {
    name: 'nullable',
    args: [text],
    outcome: 'converted',
    ...same({ anyOf: [T, { type: 'null' }] }),
    ...samples(['a', null], [1]),
  },
  {
    name: 'nullish',
    args: [text, 'a'],
    outcome: 'converted',
    note: 'as a member: not required; with a default required in the output, and never null',
    input: { anyOf: [T, { type: 'null' }], default: 'a' },
    output: T,
    ...samples(['a', null], [1]),
  },
  { name: 'number', outcome: 'converted', ...same(N), ...samples([1, 1.5], ['1']) },
  {
    name: 'object',
    args: [entries],
    outcome: 'converted',
    ...same(MEMBERS),
    ...samples([{ a: '' }, { a: '', b: 1 }], [{}, { a: 1 }]),
  },
  {
    name: 'objectWithRest',
    args: [entries, number],
    outcome: 'converted',
    ...same({ ...MEMBERS, additionalProperties: N }),
    ...samples([{ a: '', b: 1 }], [{ a: '', b: '' }]),
  },
  {
    name: 'optional',
    args: [text, 'a'],
    outcome: 'converted',
    note: 'as a member: not required; with a default required in the output. A default that is a function is left out: it may return another value each time',
    input: { ...T, default: 'a' },
    output: T,
    ...samples(['b'], [1]),
  },
  {
    name: 'picklist',
    args: [['a', 'b']],
    outcome: 'converted',
    ...same({ type: 'string', enum: ['a', 'b'] }),
    ...samples(['a'], ['c']),
  },
  { name: 'promise', ...REFUSED },
  {
    name: 'record',
    args: [v.picklist(['a', 'b']), number],
    outcome: 'converted',
    ...same({ ...R, propertyNames: { type: 'string', enum: ['a', 'b'] } }),
    ...samples([{ a: 1 }], [{ c: 1 }, { a: '' }]),
  },
  { name: 'set', args: [text], ...REFUSED },
  {
    name: 'strictObject',
    args: [entries],
    outcome: 'converted',
    ...same({ ...MEMBERS, additionalProperties: false }),
    ...samples([{ a: '' }], [{ a: '', b: 1 }]),
  },
  {
    name: 'strictTuple',
    args: [[text]],
    outcome: 'converted',
    ...same({ type: 'array', prefixItems: [T], minItems: 1, items: false }),
    ...samples([['a']], [[], ['a', 1]]),
  },
  { name: 'string', outcome: 'converted', ...same(T), ...samples(['a'], [1]) },
  { name: 'symbol', ...REFUSED },
  {
    name: 'tuple',
    args: [[text, v.optional(number)]],
    outcome: 'converted',
    note: 'the last items may be missing in the input if they may be undefined; in the output they are null',
    input: { type: 'array', prefixItems: [T, N], minItems: 1 },
    output: { type: 'array', prefixItems: [T, OR_NULL(N)], minItems: 2 },
    ...samples([['a'], ['a', 1], ['a', 1, 2]], [[], ['a', 'b']]),
  },
  {
    name: 'tupleWithRest',
    args: [[text], number],
    outcome: 'converted',
    ...same({ type: 'array', prefixItems: [T], minItems: 1, items: N }),
    ...samples([['a'], ['a', 1]], [['a', 'b']]),
  },
  {
    name: 'undefined',
    ...REFUSED,
    note: 'left out: a member of this schema in the output, a branch of a union always',
  },
  {
    name: 'undefinedable',
    args: [text],
    outcome: 'converted',
    note: 'as a member: required in the input, as valibot demands the key; in an array: null in the output',
    input: T,
    output: OR_NULL(T),
  },
  {
    name: 'union',
    args: [[text, v.object(entries)]],
    outcome: 'converted',
    ...same({ anyOf: [T, MEMBERS] }),
    ...samples(['a', { a: '' }], [1, {}]),
  },
  { name: 'unknown', outcome: 'converted', ...same({}), ...samples([1, 'a', null], []) },
  {
    name: 'variant',
    args: ['k', [A, B]],
    outcome: 'converted',
    note: 'with a `discriminator` and its `mapping` where all branches have names; `anyOf` where two branches accept the same value of the member',
    ...same({ oneOf: BRANCHES }),
    ...samples([{ k: 'a' }], [{ k: 'c' }]),
  },
  {
    name: 'void',
    ...REFUSED,
    note: 'left out: a member of this schema in the output, a branch of a union always',
  },
]

const regex = (source: string) => ({ pattern: source })

/** The checks of valibot 1.5. */
export const VALIDATIONS: readonly Row[] = [
  {
    ...ofText('base64', [], { contentEncoding: 'base64' }, samples(['YQ=='], ['?'])),
    outcome: 'loosely',
    note: '`contentEncoding` is a hint that validators do not check',
  },
  ofText('bic', [], regex(v.BIC_REGEX.source), samples(['DEUTDEFF'], ['x'])),
  leftOut('bytes', [3], text, T),
  leftOut('check', [yes], text, T),
  leftOut('checkItems', [yes], list, L),
  ofText('codePoints', [1], { minLength: 1, maxLength: 1 }, samples(['😀'], ['ab'])),
  leftOut('creditCard', [], text, T),
  ofText('cuid2', [], regex(v.CUID2_REGEX.source), samples(['abc'], ['A'])),
  ofText('decimal', [], regex(v.DECIMAL_REGEX.source), samples(['1.5'], ['a'])),
  ofText('digits', [], regex(v.DIGITS_REGEX.source), samples(['12'], ['1.5'])),
  ofText('domain', [], regex(v.DOMAIN_REGEX.source), samples(['a.example'], ['a'])),
  ofText('email', [], { format: 'email' }, samples(['a@b.example'], ['a'])),
  ofText('emoji', [], regex(v.EMOJI_REGEX.source), samples(['😀'], ['a'])),
  ofText('empty', [], { maxLength: 0 }, samples([''], ['a'])),
  ofText('endsWith', ['.a'], { pattern: '\\.a$' }, samples(['b.a'], ['.ab', 'ba'])),
  {
    name: 'entries',
    args: [1],
    on: record,
    outcome: 'converted',
    ...same({ ...R, minProperties: 1, maxProperties: 1 }),
    ...samples([{ a: 1 }], [{}, { a: 1, b: 1 }]),
  },
  leftOut('everyItem', [yes], list, L),
  ofText('excludes', ['a+'], { not: { pattern: 'a\\+' } }, samples(['aa'], ['ba+b'])),
  {
    name: 'finite',
    on: number,
    outcome: 'converted',
    note: "JSON's numbers always are",
    ...same(N),
  },
  leftOut('graphemes', [3], text, T),
  {
    name: 'gtValue',
    args: [1],
    on: number,
    outcome: 'converted',
    note: 'for numbers; left out for dates and text',
    ...same({ ...N, exclusiveMinimum: 1 }),
    ...samples([2], [1]),
  },
  ofText(
    'hash',
    [['md5', 'crc32']],
    { pattern: '^[a-fA-F0-9]{32}$|^[a-fA-F0-9]{8}$' },
    samples(['0aF00aF0'], ['0aF']),
  ),
  ofText('hexColor', [], regex(v.HEX_COLOR_REGEX.source), samples(['#fff'], ['fff'])),
  ofText('hexadecimal', [], regex(v.HEXADECIMAL_REGEX.source), samples(['0xff'], ['g'])),
  leftOut('imei', [], text, T),
  {
    ...ofText('includes', ['a+'], { pattern: 'a\\+' }, samples(['ba+b'], ['aa'])),
    note: 'in an array: `contains`',
  },
  {
    name: 'integer',
    on: number,
    outcome: 'converted',
    ...same({ type: 'integer' }),
    ...samples([1], [1.5]),
  },
  ofText(
    'ip',
    [],
    { anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] },
    samples(['1.2.3.4', '::1'], ['a']),
  ),
  ofText('ipv4', [], { format: 'ipv4' }, samples(['1.2.3.4'], ['::1'])),
  ofText('ipv6', [], { format: 'ipv6' }, samples(['::1'], ['1.2.3.4'])),
  leftOut('isbn', [], text, T),
  ofText('isoDate', [], { format: 'date' }, samples(['2026-01-31'], ['31.1.2026'])),
  {
    ...ofText(
      'isoDateTime',
      [],
      regex(v.ISO_DATE_TIME_REGEX.source),
      samples(['2026-01-31T12:30'], ['2026-01-31']),
    ),
    note: 'without the seconds and the offset that the format `date-time` demands',
  },
  ofText(
    'isoDateTimeSecond',
    [],
    regex(v.ISO_DATE_TIME_SECOND_REGEX.source),
    samples(['2026-01-31T12:30:00'], ['2026-01-31T12:30']),
  ),
  {
    ...ofText('isoTime', [], regex(v.ISO_TIME_REGEX.source), samples(['12:30'], ['12'])),
    note: 'without the seconds and the offset that the format `time` demands',
  },
  ofText(
    'isoTimeSecond',
    [],
    regex(v.ISO_TIME_SECOND_REGEX.source),
    samples(['12:30:00'], ['12:30']),
  ),
  ofText(
    'isoTimestamp',
    [],
    { format: 'date-time' },
    samples(['2026-01-31T12:30:00.000Z'], ['2026-01-31']),
  ),
  ofText('isoWeek', [], regex(v.ISO_WEEK_REGEX.source), samples(['2026-W05'], ['2026-05'])),
  ofText('isrc', [], regex(v.ISRC_REGEX.source), samples(['USRC17607839'], ['a'])),
  ofText('jwsCompact', [], regex(v.JWS_COMPACT_REGEX.source), samples(['ab.cd.ef'], ['ab'])),
  ofText('ksuid', [], regex(v.KSUID_REGEX.source), samples(['a'.repeat(27)], ['a'])),
  {
    ...ofText('length', [2], { minLength: 2, maxLength: 2 }, samples(['ab'], ['a', 'abc'])),
    note: 'valibot counts UTF-16 units and JSON Schema characters, an emoji as one; in an array: `minItems`, `maxItems`',
  },
  {
    name: 'ltValue',
    args: [1],
    on: number,
    outcome: 'converted',
    note: 'for numbers; left out for dates and text',
    ...same({ ...N, exclusiveMaximum: 1 }),
    ...samples([0], [1]),
  },
  ofText('mac', [], regex(v.MAC_REGEX.source), samples(['00:00:00:00:00:0A'], ['a'])),
  ofText('mac48', [], regex(v.MAC48_REGEX.source), samples(['00:00:00:00:00:0A'], ['a'])),
  ofText('mac64', [], regex(v.MAC64_REGEX.source), samples(['00:00:00:00:00:00:00:0A'], ['a'])),
  leftOut('maxBytes', [3], text, T),
  ofText('maxCodePoints', [1], { maxLength: 1 }, samples(['😀'], ['ab'])),
  {
    name: 'maxEntries',
    args: [1],
    on: record,
    outcome: 'converted',
    ...same({ ...R, maxProperties: 1 }),
    ...samples([{}], [{ a: 1, b: 1 }]),
  },
  leftOut('maxGraphemes', [3], text, T),
  {
    name: 'maxLength',
    args: [1],
    on: list,
    outcome: 'converted',
    note: 'for text: `maxLength`',
    ...same({ ...L, maxItems: 1 }),
    ...samples([[1]], [[1, 2]]),
  },
  { ...leftOut('maxSize', [9], file, {}), ...REFUSED_FILE() },
  {
    name: 'maxValue',
    args: [1],
    on: number,
    outcome: 'converted',
    note: 'for numbers; left out for dates and text',
    ...same({ ...N, maximum: 1 }),
    ...samples([1], [2]),
  },
  leftOut('maxWords', ['en', 3], text, T),
  {
    ...leftOut('mimeType', [['image/png']], file, {}),
    ...REFUSED_FILE('one becomes `contentMediaType`, several are left out'),
  },
  leftOut('minBytes', [3], text, T),
  ofText('minCodePoints', [2], { minLength: 2 }, samples(['ab'], ['😀'])),
  {
    name: 'minEntries',
    args: [1],
    on: record,
    outcome: 'converted',
    ...same({ ...R, minProperties: 1 }),
    ...samples([{ a: 1 }], [{}]),
  },
  leftOut('minGraphemes', [3], text, T),
  {
    name: 'minLength',
    args: [2],
    on: list,
    outcome: 'converted',
    note: 'for text: `minLength`',
    ...same({ ...L, minItems: 2 }),
    ...samples([[1, 2]], [[1]]),
  },
  { ...leftOut('minSize', [9], file, {}), ...REFUSED_FILE() },
  {
    name: 'minValue',
    args: [1],
    on: number,
    outcome: 'converted',
    note: 'for numbers; left out for dates and text',
    ...same({ ...N, minimum: 1 }),
    ...samples([1], [0]),
  },
  leftOut('minWords', ['en', 3], text, T),
  {
    name: 'multipleOf',
    args: [2],
    on: number,
    outcome: 'converted',
    ...same({ ...N, multipleOf: 2 }),
    ...samples([4], [3]),
  },
  ofText('nanoid', [], regex(v.NANO_ID_REGEX.source), samples(['a-b'], ['?'])),
  ofText('nonEmpty', [], { minLength: 1 }, samples(['a'], [''])),
  leftOut('notBytes', [3], text, T),
  ofText(
    'notCodePoints',
    [1],
    { not: { minLength: 1, maxLength: 1 } },
    samples(['', 'ab'], ['😀']),
  ),
  {
    name: 'notEntries',
    args: [1],
    on: record,
    outcome: 'converted',
    ...same({ ...R, not: { minProperties: 1, maxProperties: 1 } }),
    ...samples([{}], [{ a: 1 }]),
  },
  leftOut('notGraphemes', [3], text, T),
  ofText('notLength', [1], { not: { minLength: 1, maxLength: 1 } }, samples(['', 'ab'], ['a'])),
  { ...leftOut('notSize', [9], file, {}), ...REFUSED_FILE() },
  ofText('notValue', ['a'], { not: { const: 'a' } }, samples(['b'], ['a'])),
  ofText('notValues', [['a', 'b']], { not: { enum: ['a', 'b'] } }, samples(['c'], ['a'])),
  leftOut('notWords', ['en', 3], text, T),
  ofText('octal', [], regex(v.OCTAL_REGEX.source), samples(['0o7'], ['8'])),
  leftOut('partialCheck', [[['k']], yes], A, BRANCHES[0] ?? {}),
  leftOut('rawCheck', [yes], text, T),
  {
    ...ofText('regex', [/^a+$/], { pattern: '^a+$' }, samples(['aa'], ['b'])),
    note: 'left out with flags that JSON Schema lacks (`i`, `m`, `s`, …)',
  },
  ofText('rfcEmail', [], { format: 'email' }, samples(['a@b.example'], ['a'])),
  {
    name: 'safeInteger',
    on: number,
    outcome: 'converted',
    ...same({
      type: 'integer',
      minimum: Number.MIN_SAFE_INTEGER,
      maximum: Number.MAX_SAFE_INTEGER,
    }),
    ...samples([1], [1.5, 2 ** 54]),
  },
  { ...leftOut('size', [9], file, {}), ...REFUSED_FILE() },
  ofText('slug', [], regex(v.SLUG_REGEX.source), samples(['a-b'], ['A b'])),
  leftOut('someItem', [yes], list, L),
  ofText('startsWith', ['a.'], { pattern: '^a\\.' }, samples(['a.b'], ['ab', 'ba.'])),
  ofText('ulid', [], regex(v.ULID_REGEX.source), samples(['01ARZ3NDEKTSV4RRFFQ69G5FAV'], ['a'])),
  ofText('url', [], { format: 'uri' }, samples(['https://a.example/b'], ['a'])),
  ofText('uuid', [], { format: 'uuid' }, samples(['8d4d5c3e-2f8e-4a55-9d0f-6e7d3a2b1c0d'], ['a'])),
  ofText('value', ['a'], { const: 'a' }, samples(['a'], ['b'])),
  ofText('values', [['a', 'b']], { enum: ['a', 'b'] }, samples(['a'], ['c'])),
  leftOut('words', ['en', 3], text, T),
]

function REFUSED_FILE(note = 'left out'): Pick<Row, 'input' | 'output' | 'note'> {
  return { input: null, output: null, note: `${note}; files come in forms` }
}

/** A transformation: the checks after it that still describe the input. */
const AFTER = {
  spaces: 'as if nothing changed, with the checks after it',
  case: 'of the checks after it, formats and lengths',
  value: 'without the checks after it',
}

/** A transformation after which earlier checks no longer hold. */
function changing(
  name: string,
  what: keyof typeof AFTER,
  args: readonly unknown[],
  on: v.GenericSchema = text,
): Row {
  const note = `taken: ${AFTER[what]}; given: without the checks before it`
  const json = on === list ? L : on === number ? N : T
  return { name, args, on, outcome: 'loosely', note, ...same(json) }
}

function unchanged(name: string, args: readonly unknown[]): Row {
  return {
    name,
    args,
    on: text,
    outcome: 'converted',
    note: 'no keyword: the values are the same',
    ...same(T),
  }
}

/** A transformation whose output is known by its name. */
function giving(name: string, on: v.GenericSchema, input: object, output: object): Row {
  return { name, on, outcome: 'converted', input, output }
}

/** A transformation by a function, whose output is unknown. */
function opaque(name: string, on: v.GenericSchema, args: readonly unknown[], input: object): Row {
  return {
    name,
    args,
    on,
    outcome: 'refused',
    note: 'converted in the input; for the output, a schema must follow',
    input,
    output: null,
  }
}

/** The transformations of valibot 1.5. */
export const TRANSFORMATIONS: readonly Row[] = [
  { name: 'args', args: [v.tuple([])], on: v.function(), ...REFUSED, note: 'like functions' },
  { name: 'awaitAsync', on: v.promise() as never, ...REFUSED, note: 'like promises' },
  unchanged('brand', ['A']),
  changing('filterItems', 'value', [yes], list),
  opaque('findItem', list, [yes], L),
  unchanged('flavor', ['A']),
  {
    ...unchanged('guard', [yes]),
    outcome: 'loosely',
    note: 'left out, like all checks by functions',
  },
  {
    ...giving('mapItems', list, L, { type: 'array' }),
    args: [String],
    outcome: 'loosely',
    note: 'the items of the output are unknown, unless a schema follows',
  },
  changing('normalize', 'spaces', []),
  {
    ...giving('parseBoolean', text, T, { type: 'boolean' }),
    outcome: 'loosely',
    note: 'the accepted words are left out',
  },
  {
    ...giving('parseJson', text, T, {}),
    outcome: 'loosely',
    note: 'the output is unknown, unless a schema follows',
  },
  opaque('rawTransform', text, [yes], T),
  unchanged('readonly', []),
  opaque('reduceItems', list, [yes, 0], L),
  { name: 'returns', args: [text], on: v.function(), ...REFUSED, note: 'like functions' },
  { ...unchanged('sortItems', []), on: list, note: 'no keyword', ...same(L) },
  giving('stringifyJson', list, L, { ...T, contentMediaType: 'application/json' }),
  {
    ...opaque('toBigint', text, [], T),
    note: 'converted in the input; in the output of headers: `{ "type": "integer" }`',
  },
  giving('toBoolean', text, T, { type: 'boolean' }),
  changing('toCamelCase', 'case', []),
  giving('toDate', text, T, { ...T, format: 'date-time' }),
  changing('toKebabCase', 'case', []),
  changing('toLowerCase', 'case', []),
  {
    ...changing('toMaxValue', 'value', [5], number),
    output: { ...N, maximum: 5 },
  },
  {
    ...changing('toMinValue', 'value', [5], number),
    output: { ...N, minimum: 5 },
  },
  giving('toNumber', text, T, N),
  changing('toPascalCase', 'case', []),
  changing('toSnakeCase', 'case', []),
  giving('toString', number, N, T),
  changing('toUpperCase', 'case', []),
  opaque('transform', text, [Number], T),
  changing('trim', 'spaces', []),
  changing('trimEnd', 'spaces', []),
  changing('trimStart', 'spaces', []),
]

/** The metadata actions of valibot 1.5. */
export const METADATA: readonly Row[] = [
  {
    name: 'description',
    args: ['A name'],
    on: text,
    outcome: 'converted',
    note: 'describes the whole pipe, at any position',
    ...same({ ...T, description: 'A name' }),
  },
  {
    name: 'examples',
    args: [['Ann']],
    on: text,
    outcome: 'converted',
    note: 'before a transformation of the input, after the last schema of the output',
    ...same({ ...T, examples: ['Ann'] }),
  },
  {
    name: 'metadata',
    args: [{ title: 'Name', deprecated: true, 'x-origin': 'form' }],
    on: text,
    outcome: 'converted',
    note: 'its members become keywords',
    ...same({ ...T, title: 'Name', deprecated: true, 'x-origin': 'form' }),
  },
  {
    name: 'title',
    args: ['A name'],
    on: text,
    outcome: 'converted',
    note: 'also the name of a component, where it is a legal name',
    ...same({ ...T, title: 'A name' }),
  },
]

/** All rows, by kind. */
export const TABLE = {
  schema: SCHEMAS,
  validation: VALIDATIONS,
  transformation: TRANSFORMATIONS,
  metadata: METADATA,
}
