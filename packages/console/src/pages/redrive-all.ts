import type { DeliveryFilter } from '@ringback/sender'
import { type Child, jsx as h } from 'hono/jsx'
import type { ConsoleContext } from '../access.ts'
import { showFacts } from '../parts/elements.ts'
import { hiddenField, showConfirmation } from '../parts/form.ts'
import { formatCount, formatTime } from '../parts/format.ts'
import { findUnread, readFilter, TEXTS, writeFilter } from '../read/read-filter.ts'
import { showPage } from './layout.ts'
import { showMessage } from './message.ts'

/** How many are sent again by one request: so many take a second or two. */
const MOST = 1000
const BATCH = 100

/** Asks before all that a filter finds is sent again. */
export async function confirmRedriveAll(c: ConsoleContext): Promise<Response> {
  const values = new URL(c.req.url).searchParams
  if (findUnread(values).length > 0) return refuseFilter(c, values)
  const asked = readFilter(values)
  // what dies later is not meant
  const { cursor: _, ...filter } = { until: Date.now(), ...asked, state: 'dead' as const }
  const back = `../deliveries?${writeFilter({ ...asked, state: 'dead' })}`
  const found = await c.get('sender').deliveries({ ...filter, limit: MOST + 1 })
  if (found.length === 0) {
    return showPage(
      c,
      { title: 'Nothing to redrive', part: 'deliveries' },
      showMessage('Nothing to redrive', 'The filter finds no dead delivery.'),
      h('p', null, h('a', { href: back }, 'Back to the deliveries')),
    )
  }
  const isMore = found.length > MOST
  const count = formatCount(Math.min(found.length, MOST))
  const what = found.length === 1 ? 'one delivery' : `${count} deliveries`
  return showPage(
    c,
    { title: 'Redrive all', part: 'deliveries' },
    showConfirmation({
      title: isMore ? `Redrive the newest ${count} deliveries?` : `Redrive ${what}?`,
      text: `Each is sent again with the same webhook-id and payload, and a new schedule of attempts.${
        isMore ? ' The filter finds more: the page that follows leads to the rest.' : ''
      }`,
      subject: showSelected(filter),
      button: `Redrive ${what}`,
      back,
      fields: [...new URLSearchParams(writeFilter(filter))].map(([name, value]) =>
        hiddenField(name, value),
      ),
    }),
  )
}

/** Sends again what a filter finds, newest first. */
export async function redriveAll(c: ConsoleContext): Promise<Response> {
  const values = new URLSearchParams(await c.req.text())
  if (findUnread(values).length > 0) return refuseFilter(c, values)
  const { cursor: _, ...given } = readFilter(values)
  const filter = { until: Date.now(), ...given, state: 'dead' as const }
  const { count, isMore } = await redriveFound(c, filter)
  const again = `./redrive?${writeFilter(filter)}`
  return showPage(
    c,
    { title: 'Redriven', part: 'deliveries' },
    h('h1', null, 'Redriven'),
    h(
      'p',
      { class: 'done', role: 'status' },
      count === 1
        ? 'One delivery is sent again.'
        : `${formatCount(count)} deliveries are sent again.`,
    ),
    h(
      'p',
      { class: 'actions' },
      isMore && h('a', { class: 'button', href: again }, 'Redrive the rest …'),
      h('a', { class: 'button', href: '../deliveries?state=scheduled' }, 'What is scheduled'),
      h('a', { class: 'button', href: '../deliveries?state=dead' }, 'What is dead'),
    ),
  )
}

/** Refuses a filter that is not wholly understood, since what is left of it selects more than was meant. */
function refuseFilter(c: ConsoleContext, values: URLSearchParams): Promise<Response> {
  const names = findUnread(values).join(', ')
  const text = `Nothing was sent again: the filter has values that cannot be read (${names}). Choose them in the list of deliveries.`
  return showPage(
    c,
    { title: 'Not a filter', part: 'deliveries', status: 400 },
    showMessage('Not a filter', text),
    h('p', null, h('a', { href: '../deliveries?state=dead' }, 'Back to the deliveries')),
  )
}

async function redriveFound(c: ConsoleContext, filter: DeliveryFilter) {
  const sender = c.get('sender')
  let count = 0
  let seen = 0
  for (let cursor: string | undefined; seen < MOST; ) {
    const page = await sender.deliveries({
      ...filter,
      limit: BATCH,
      ...(cursor !== undefined && { cursor }),
    })
    for (const { id } of page) {
      if (await redriveOne(c, id)) count += 1
    }
    seen += page.length
    cursor = page.at(-1)?.id
    if (page.length < BATCH) return { count, isMore: false }
  }
  return { count, isMore: true }
}

/** Redrives a delivery that is dead still; another operator may have been faster. */
async function redriveOne(c: ConsoleContext, id: string): Promise<boolean> {
  const sender = c.get('sender')
  try {
    await sender.redrive(id)
    return true
  } catch (error) {
    const [now] = await sender.deliveries({ id })
    if (now?.state === 'dead') throw error
    return false
  }
}

function showSelected(filter: DeliveryFilter): Child {
  const time = (value: number | undefined) =>
    value === undefined ? undefined : `${formatTime(value)} UTC`
  return showFacts([
    ['State', filter.state],
    ['Dead because', filter.reason],
    ...TEXTS.map((name): readonly [string, Child] => [name, filter[name]]),
    ['Stored since', time(filter.since)],
    ['Stored before', time(filter.until)],
  ])
}
