import { jsx as h } from 'hono/jsx'
import type { ConsoleContext } from '../access.ts'
import { describeOverview } from '../read/overview-figures.ts'
import { startOfWindow, WINDOWS, windowOf } from '../read/overview-window.ts'
import { homeOf, rootOf, showPage } from './layout.ts'
import { showFigures, showHealth, showNoFigures } from './overview-plots.ts'
import { showDead, showHeld, showOutcomes, showStates } from './overview-tables.ts'

const LAST_DEAD = 8

/** Responds with the figures of the first page, for its script. */
export async function liveFigures(c: ConsoleContext): Promise<Response> {
  const { stats, health, window, now } = await observe(c)
  if (stats === undefined) return c.json({ title: 'the figures are not available' }, 503)
  return c.json(describeOverview({ stats, health, window, now }))
}

/** Responds with the first page: how it goes, and what goes wrong. */
export async function overviewPage(c: ConsoleContext): Promise<Response> {
  const [{ stats, health, window, now }, dead] = await Promise.all([
    observe(c),
    orLog(c.get('sender').deliveries({ state: 'dead', limit: LAST_DEAD })),
  ])
  const figures = stats && describeOverview({ stats, health, window, now })
  const root = rootOf(c)
  const live = {
    'data-live': `${root}live.json?window=${window.name}`,
    'data-level': figures?.texts.level,
  }
  return showPage(
    c,
    { title: 'Overview', part: 'overview', status: stats ? 200 : 503 },
    h(
      'div',
      { class: 'overview', ...(figures && live) },
      h(
        'div',
        { class: 'head' },
        h('h1', null, 'Overview'),
        h(
          'div',
          { class: 'live' },
          h(
            'span',
            { class: 'live-state' },
            h('span', { class: 'dot' }),
            h('span', { 'data-live-state': true }, ''),
          ),
          h(
            'button',
            {
              type: 'button',
              class: 'small',
              'data-pause': true,
              'aria-pressed': 'false',
              hidden: true,
            },
            'Pause',
          ),
        ),
        h(
          'nav',
          { class: 'windows', 'aria-label': 'Time' },
          ...WINDOWS.map(({ name, title }) =>
            h(
              'a',
              {
                href: `${homeOf(c)}?window=${name}`,
                'aria-current': name === window.name ? 'true' : undefined,
              },
              title,
            ),
          ),
        ),
      ),
      ...(figures ? showFigures(figures, window) : [showNoFigures()]),
      showHealth(health),
      h(
        'div',
        { class: 'columns' },
        figures && showStates(figures, { root, window, now }),
        stats && showOutcomes(stats),
      ),
      stats && showHeld(stats.held ?? [], root, now),
      showDead(dead, { access: c.get('access'), root, now }),
    ),
  )
}

async function observe(c: ConsoleContext) {
  const now = Date.now()
  const window = windowOf(c.req.query('window'))
  const sender = c.get('sender')
  const since = startOfWindow(window, now)
  const [stats, health] = await Promise.all([
    orLog(sender.stats({ since, every: window.every, held: true })),
    sender.health(),
  ])
  return { stats, health, window, now }
}

/** A part of the store may be away: the other parts of the page are shown nevertheless. */
async function orLog<TValue>(asked: Promise<TValue>): Promise<TValue | undefined> {
  try {
    return await asked
  } catch (error) {
    console.error(error)
    return undefined
  }
}
