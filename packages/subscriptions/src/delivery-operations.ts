import type { AnyOperation } from '@ringback/core'
import type { ReplayFilter } from '@ringback/sender'
import type { RangeBody } from './bodies.ts'
import { NO_DELIVERY, NO_ENDPOINT, orProblem } from './problems.ts'
import {
  Count,
  Deliveries,
  DeliveriesQuery,
  Delivery,
  Problem,
  Range,
  Recovery,
} from './schemas.ts'
import { PROBLEM, type Start } from './start.ts'
import { toDeliveryBody, toDeliveryWithAttemptsBody } from './to-body.ts'

/** Makes the operations that test an endpoint, list its deliveries, and send them again. */
export function deliveryOperations({ on, of }: Start): readonly AnyOperation[] {
  const test = on
    .route('post', '/:id/test')
    .operationId('testWebhookEndpoint')
    .summary('Send a test event to an endpoint')
    .description('The event ringback.test, which is tried once, whatever the endpoint listens to.')
    .response(202, Delivery)
    .response(401, Problem, PROBLEM)
    .response(403, Problem, PROBLEM)
    .response(404, Problem, PROBLEM)
    .handle(async (c) => {
      const { sender, scope } = of(c)
      const delivery = await sender.endpoints.test(c.req.param('id'), scope)
      return delivery ? c.json(toDeliveryBody(delivery), 202) : c.json(NO_ENDPOINT, 404)
    })

  const list = on
    .route('get', '/:id/deliveries')
    .operationId('listWebhookDeliveries')
    .summary('List the deliveries to an endpoint, with their attempts')
    .query(DeliveriesQuery)
    .response(200, Deliveries, { description: 'The deliveries, newest first.' })
    .response(401, Problem, PROBLEM)
    .response(403, Problem, PROBLEM)
    .response(404, Problem, PROBLEM)
    .handle(async (c) => {
      const { sender, scope } = of(c)
      const endpoint = c.req.param('id')
      if (!(await sender.endpoints.get(endpoint, scope))) return c.json(NO_ENDPOINT, 404)
      const { event, since, until, limit, ...rest } = c.req.valid('query')
      const found = await sender.deliveries({
        ...rest,
        ...scope,
        endpoint,
        ...(event !== undefined && { callback: event }),
        ...(since && { since: since.getTime() }),
        ...(until && { until: until.getTime() }),
        // one more shows that there is another page
        limit: limit + 1,
      })
      const page = found.slice(0, limit)
      const cursor = found.length > limit ? page.at(-1)?.id : undefined
      const deliveries = page.map(toDeliveryWithAttemptsBody)
      return c.json({ deliveries, ...(cursor !== undefined && { cursor }) }, 200)
    })

  const redrive = on
    .route('post', '/:id/deliveries/:delivery/redrive')
    .operationId('redriveWebhookDelivery')
    .summary('Send a delivery again')
    .description('A dead one with the same webhook-id, a delivered one as a new delivery.')
    .response(202, Delivery)
    .response(401, Problem, PROBLEM)
    .response(403, Problem, PROBLEM)
    .response(404, Problem, PROBLEM)
    .response(409, Problem, PROBLEM)
    .handle(async (c) => {
      const { sender, scope } = of(c)
      const { id: endpoint, delivery: id } = c.req.param()
      if (!(await sender.endpoints.get(endpoint, scope))) return c.json(NO_ENDPOINT, 404)
      const [found] = await sender.deliveries({ ...scope, endpoint, id })
      if (found === undefined) return c.json(NO_DELIVERY, 404)
      const redriven = await orProblem(() => sender.redrive(id, scope))
      if (!redriven.ok) return c.json(redriven.problem, 409)
      return c.json(toDeliveryBody(redriven.value), 202)
    })

  const recover = on
    .route('post', '/:id/recover')
    .operationId('recoverWebhookEndpoint')
    .summary('Send again what failed in a time range')
    .body(Recovery)
    .response(202, Count)
    .response(401, Problem, PROBLEM)
    .response(403, Problem, PROBLEM)
    .response(404, Problem, PROBLEM)
    .handle(async (c) => {
      const { sender, scope } = of(c)
      const { reason, ...given } = c.req.valid('json')
      const range = rangeOf(c.req.param('id'), given)
      if (!(await sender.endpoints.get(range.endpoint, scope))) return c.json(NO_ENDPOINT, 404)
      const failed = { ...range, ...(reason && { reason }) }
      return c.json({ count: await sender.recover(failed, scope) }, 202)
    })

  const replay = on
    .route('post', '/:id/replay')
    .operationId('replayWebhookEndpoint')
    .summary('Send the events of a time range that an endpoint never got')
    .body(Range)
    .response(202, Count)
    .response(401, Problem, PROBLEM)
    .response(403, Problem, PROBLEM)
    .response(404, Problem, PROBLEM)
    .handle(async (c) => {
      const { sender, scope } = of(c)
      const range = rangeOf(c.req.param('id'), c.req.valid('json'))
      if (!(await sender.endpoints.get(range.endpoint, scope))) return c.json(NO_ENDPOINT, 404)
      return c.json({ count: await sender.replay(range, scope) }, 202)
    })

  return [test, list, redrive, recover, replay]
}

function rangeOf(endpoint: string, { since, until }: RangeBody): ReplayFilter {
  return {
    endpoint,
    since: Date.parse(since),
    ...(until !== undefined && { until: Date.parse(until) }),
  }
}
