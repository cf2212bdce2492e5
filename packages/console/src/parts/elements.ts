import { type Child, jsx as h } from 'hono/jsx'
import { formatAge, formatTime, isTime } from './format.ts'

/** A time, with how long ago it was. */
export function showTime(time: number | undefined, now = Date.now()): Child {
  if (time === undefined) return '–'
  if (!isTime(time)) return 'until it is enabled'
  const written = formatTime(time)
  return h(
    'time',
    { datetime: new Date(time).toISOString(), title: `${written} UTC` },
    written,
    ' ',
    h('span', { class: 'dim' }, formatAge(time, now)),
  )
}

/** A time in few characters: how long ago it was. */
export function showAge(time: number, now = Date.now()): Child {
  if (!isTime(time)) return 'until it is enabled'
  const title = `${formatTime(time)} UTC`
  return h('time', { datetime: new Date(time).toISOString(), title }, formatAge(time, now))
}

/** The state of a delivery or an endpoint, in its colour. */
export function showState(state: string, reason?: string): Child {
  return h(
    'span',
    { class: `state is-${state}` },
    state,
    reason !== undefined && h('span', { class: 'reason' }, ` ${reason}`),
  )
}

const WIDE = new Set(['Id', 'Request', 'URL'])

/** A list of terms and what they are; those without a value are left out. */
export function showFacts(facts: readonly (readonly [string, Child])[]): Child {
  const given = facts.filter(([, value]) => value !== undefined && value !== null)
  return h(
    'dl',
    { class: 'facts' },
    ...given.map(([term, value]) =>
      h(
        'div',
        { class: WIDE.has(term) ? 'wide' : undefined },
        h('dt', null, term),
        h('dd', null, value),
      ),
    ),
  )
}

/** A block of text that is scrolled in itself. */
export function showBlock(text: string, label: string): Child {
  return h('pre', { tabindex: 0, role: 'region', 'aria-label': label }, h('code', null, text))
}
