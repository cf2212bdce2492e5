import type { InspectedDelivery } from '@ringback/sender'
import { type Child, jsx as h } from 'hono/jsx'
import { showBlock, showFacts } from '../parts/elements.ts'
import { formatBytes } from '../parts/format.ts'
import { showTable } from '../parts/table.ts'
import { explainUrl, type UrlPart } from '../read/explain-url.ts'
import { layOut, readPayload } from '../read/read-payload.ts'
import { REDACTED } from '../read/redact.ts'
import type { PagePlace } from './delivery-facts.ts'

const POSITIONS: ReadonlyMap<string, string> = new Map([
  ['url', 'the whole URL'],
  ['scheme', 'the scheme'],
  ['host', 'the host'],
  ['label', 'a label of the host'],
  ['port', 'the port'],
  ['path', 'the path'],
  ['query', 'the query'],
])
const SOURCES = {
  exchange: 'Evaluated against the exchange that was kept.',
  url: 'The exchange was not kept: the values are read back from the URL, by the declaration of this process.',
  none: 'The exchange was not kept, and the URL does not tell the values apart.',
}

/** What the URL of a delivery was made of, part by part. */
export function showUrlParts(delivery: InspectedDelivery, { access }: PagePlace): Child {
  if (delivery.operationId === '') return null
  const explained = explainUrl(delivery)
  const value = (part: UrlPart) => {
    if (part.value === undefined) return part.problem ?? '–'
    return part.isExpression && access !== 'all' ? REDACTED : h('code', null, part.value)
  }
  return h(
    'section',
    null,
    h('h2', null, 'The URL, part by part'),
    explained === undefined
      ? h(
          'p',
          { class: 'empty' },
          'This process has no declaration of the callback, and its exchange was not kept.',
        )
      : [
          h('p', { class: 'template' }, ...explained.parts.map(showSource)),
          h('p', { class: 'dim' }, SOURCES[explained.from]),
          showTable({
            caption: 'The parts of the URL',
            isCaptionHidden: true,
            columns: [
              { name: 'Part', show: showSource },
              {
                name: 'Gives',
                show: ({ position }) =>
                  position === undefined ? 'text' : (POSITIONS.get(position) ?? position),
              },
              { name: 'Value', show: value },
            ],
            rows: explained.parts,
            empty: '',
          }),
        ],
  )
}

function showSource({ source, isExpression }: UrlPart): Child {
  return h(
    'code',
    { class: isExpression ? 'expression' : 'literal' },
    isExpression ? `{${source}}` : source,
  )
}

/** What was sent. */
export function showPayload(delivery: InspectedDelivery, { access }: PagePlace): Child {
  const { payload, contentType, headers, query } = delivery
  const size = formatBytes(payload.byteLength)
  const names = Object.keys(headers)
  const read = readPayload(payload)
  const isRedacted = access !== 'all'
  return h(
    'section',
    null,
    h('h2', null, 'Payload'),
    showFacts([
      ['Media type', payload.byteLength === 0 ? undefined : h('code', null, contentType)],
      ['Size', size],
      ['Query', query === undefined ? undefined : h('code', null, isRedacted ? REDACTED : query)],
      ...names.map((name): readonly [string, Child] => [
        `Header ${name}`,
        h('code', null, isRedacted ? REDACTED : (headers[name] ?? '')),
      ]),
    ]),
    payload.byteLength === 0
      ? h('p', { class: 'empty' }, 'It has no body.')
      : isRedacted
        ? h('p', { class: 'empty' }, 'Only those who may do everything see what was sent.')
        : showBlock(read.text, 'Payload'),
    !isRedacted && read.isCut && h('p', { class: 'dim' }, `The rest of ${size} is not shown.`),
  )
}

/** The parts of the exchange that the URL reads, if it was kept. */
export function showExchange({ exchange }: InspectedDelivery, { access }: PagePlace): Child {
  if (exchange === undefined) return null
  const { request, response } = exchange
  const show = (label: string, value: unknown) => [
    h('h3', null, label),
    showBlock(layOut(JSON.stringify(value) ?? ''), label),
  ]
  return h(
    'section',
    null,
    h('h2', null, 'Exchange'),
    h('p', { class: 'dim' }, 'The parts that its callbacks read, as they were kept.'),
    access === 'all'
      ? [show('Request', request), response && show('Response', response)]
      : h('p', { class: 'empty' }, 'Only those who may do everything see what was kept.'),
  )
}
