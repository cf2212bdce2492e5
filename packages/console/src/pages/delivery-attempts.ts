import type { Attempt, InspectedDelivery } from '@ringback/sender'
import { type Child, jsx as h } from 'hono/jsx'
import { showBlock, showTime } from '../parts/elements.ts'
import { formatBytes, formatDuration } from '../parts/format.ts'
import { layOut } from '../read/read-payload.ts'
import type { PagePlace } from './delivery-facts.ts'

/** Every attempt of a delivery, oldest first. */
export function showAttempts({ attempts }: InspectedDelivery, place: PagePlace): Child {
  return h(
    'section',
    null,
    h('h2', null, 'Attempts'),
    attempts.length === 0
      ? h('p', { class: 'empty' }, 'No request was made.')
      : h('ol', { class: 'attempts' }, ...attempts.map((attempt) => showAttempt(attempt, place))),
  )
}

function showAttempt(attempt: Attempt, { access, now }: PagePlace): Child {
  const { startedAt, duration, status, reason, detail, bytes, body, response, isOrphan } = attempt
  const isWell = status !== undefined && status >= 200 && status < 300
  const notes = [
    `took ${formatDuration(duration)}`,
    bytes !== undefined && `${formatBytes(bytes)} read`,
    body === 'capped' && 'the rest of the response was not read',
    body === 'broken' && 'the response broke off',
    isOrphan && 'its lease was lost: another worker may have sent it as well',
  ].filter((note) => typeof note === 'string')
  return h(
    'li',
    { class: isWell ? 'well' : 'bad' },
    h(
      'p',
      null,
      h('strong', null, status === undefined ? (reason ?? 'failed') : `${status}`),
      status !== undefined && reason !== undefined && reason !== 'status' ? ` ${reason}` : '',
      ' ',
      showTime(startedAt, now),
    ),
    h('p', { class: 'dim' }, notes.join(', ')),
    detail !== undefined && h('p', null, detail),
    response &&
      (access === 'all'
        ? h(
            'details',
            null,
            h('summary', null, 'Response'),
            showBlock(
              Object.entries(response.headers)
                .map(([name, value]) => `${name}: ${value}`)
                .join('\n') || 'no headers',
              'Headers of the response',
            ),
            showBlock(layOut(response.body) || 'no body', 'Body of the response'),
          )
        : h('p', { class: 'dim' }, 'Its response is shown to those who may do everything.')),
  )
}
