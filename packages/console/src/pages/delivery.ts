import type { InspectedDelivery } from '@ringback/sender'
import { jsx as h } from 'hono/jsx'
import type { ConsoleContext } from '../access.ts'
import { showState } from '../parts/elements.ts'
import { showConfirmation } from '../parts/form.ts'
import { showAttempts } from './delivery-attempts.ts'
import { showDeliveryFacts } from './delivery-facts.ts'
import { showExchange, showPayload, showUrlParts } from './delivery-parts.ts'
import { rootOf, showPage } from './layout.ts'
import { noPage, showMessage, showMissing } from './message.ts'

/** What can be done with a delivery: how it is asked, and what is said once it is done. */
interface DeliveryAction {
  readonly title: string
  readonly button: string
  readonly isDangerous?: boolean
  readonly done: string
  readonly isPossible: (delivery: InspectedDelivery) => boolean
  readonly textOf: (delivery: InspectedDelivery) => string
}

const isLive = ({ state }: InspectedDelivery) =>
  state === 'scheduled' || state === 'parked' || state === 'sending'

const REDRIVE: DeliveryAction = {
  title: 'Redrive this delivery?',
  button: 'Redrive',
  done: 'It is sent again.',
  isPossible: ({ state }) => ['dead', 'delivered', 'scheduled', 'parked'].includes(state),
  textOf: ({ state }) =>
    state === 'dead'
      ? 'It is sent again with the same webhook-id and payload, and a new schedule of attempts.'
      : state === 'delivered'
        ? 'Its receiver has accepted it. It is sent again as a new delivery, with another webhook-id: the receiver cannot tell that it is the same.'
        : state === 'parked'
          ? 'Its endpoint is held. The next delivery for it, maybe another one, is sent now, to find out whether it responds.'
          : 'Its next attempt is made now, not when it is due.',
}
const CANCEL: DeliveryAction = {
  title: 'Cancel this delivery?',
  button: 'Cancel the delivery',
  isDangerous: true,
  done: 'It is cancelled.',
  isPossible: isLive,
  textOf: () =>
    'It is not sent, or not again. A request that is being made now may still deliver it. What is cancelled cannot be redriven.',
}
const ACTIONS: ReadonlyMap<string, DeliveryAction> = new Map([
  ['redrive', REDRIVE],
  ['cancel', CANCEL],
])

/** Responds with one delivery: what its URL was made of, what was sent, and every attempt. */
export async function deliveryPage(c: ConsoleContext): Promise<Response> {
  const delivery = await find(c)
  if (delivery === undefined) return showNone(c)
  const access = c.get('access')
  const place = { access, root: rootOf(c), now: Date.now() }
  const id = encodeURIComponent(delivery.id)
  const done = ACTIONS.get(c.req.query('done') ?? '')?.done
  const actions = [...ACTIONS].filter(
    ([, action]) => access === 'all' && action.isPossible(delivery),
  )
  return showPage(
    c,
    { title: `${delivery.callback} ${delivery.id}`, part: 'deliveries' },
    done !== undefined && h('p', { class: 'done', role: 'status' }, done),
    h(
      'div',
      { class: 'head' },
      h('h1', null, delivery.callback, ' ', showState(delivery.state, delivery.reason)),
      actions.length > 0 &&
        h(
          'p',
          { class: 'actions' },
          ...actions.map(([name]) =>
            h(
              'a',
              { class: 'button', href: `./${id}/${name}` },
              name === 'redrive' ? 'Redrive …' : 'Cancel …',
            ),
          ),
        ),
    ),
    delivery.detail !== undefined &&
      h(
        'p',
        {
          class: 'summary',
          'data-level': isLive(delivery) || delivery.state === 'delivered' ? 'odd' : 'bad',
        },
        delivery.detail,
      ),
    showDeliveryFacts(delivery, place),
    showUrlParts(delivery, place),
    showAttempts(delivery, place),
    showPayload(delivery, place),
    showExchange(delivery, place),
  )
}

/** Asks before something is done with a delivery. */
export async function confirmDeliveryAction(c: ConsoleContext): Promise<Response> {
  const action = ACTIONS.get(c.req.param('action') ?? '')
  if (action === undefined) return noPage(c)
  const delivery = await find(c)
  if (delivery === undefined) return showNone(c)
  if (!action.isPossible(delivery)) return showTooLate(c, delivery)
  const place = { access: c.get('access'), root: rootOf(c), now: Date.now() }
  return showPage(
    c,
    { title: action.title, part: 'deliveries' },
    showConfirmation({
      ...action,
      text: action.textOf(delivery),
      subject: showDeliveryFacts(delivery, place),
      back: `../${encodeURIComponent(delivery.id)}`,
    }),
  )
}

/** Does something with a delivery, and leads back to its page. */
export async function runDeliveryAction(c: ConsoleContext): Promise<Response> {
  const name = c.req.param('action') ?? ''
  const action = ACTIONS.get(name)
  if (action === undefined) return noPage(c)
  const delivery = await find(c)
  if (delivery === undefined) return showNone(c)
  if (!action.isPossible(delivery)) return showTooLate(c, delivery)
  const sender = c.get('sender')
  try {
    const changed = await (action === REDRIVE
      ? sender.redrive(delivery.id)
      : sender.cancel(delivery.id))
    return c.redirect(`../${encodeURIComponent(changed.id)}?done=${name}`, 303)
  } catch (error) {
    const now = await find(c)
    // its state has changed since it was read
    if (now === undefined || now.state === delivery.state) throw error
    return showTooLate(c, now)
  }
}

async function find(c: ConsoleContext): Promise<InspectedDelivery | undefined> {
  const id = c.req.param('id')
  return id === undefined ? undefined : c.get('sender').inspect(id)
}

function showNone(c: ConsoleContext): Promise<Response> {
  return showMissing(c, 'There is no such delivery: it never was, or it has been erased.')
}

function showTooLate(c: ConsoleContext, { id, state }: InspectedDelivery): Promise<Response> {
  return showPage(
    c,
    { title: 'Not possible', part: 'deliveries', status: 409 },
    showMessage('Not possible', `The delivery is ${state} now, and nothing was done.`),
    h('p', null, h('a', { href: `../${encodeURIComponent(id)}` }, 'Back to the delivery')),
  )
}
