import type { AnyOperation } from '@ringback/core'
import { eventChoices } from './event-choices.ts'
import { NO_ENDPOINT, orProblem } from './problems.ts'
import {
  CreatedHeaders,
  Endpoint,
  Endpoints,
  EndpointWithSecret,
  eventSchemas,
  Problem,
} from './schemas.ts'
import { PROBLEM, type Start } from './start.ts'
import { toEndpointBody } from './to-body.ts'

/** What the operations on endpoints themselves need besides. */
export interface EndpointOperationsOptions {
  /** The names of the webhooks. */
  readonly names: readonly string[]
  readonly verify: boolean
}

/** Makes the operations that create, list, read, change, delete, enable and disable endpoints. */
export function endpointOperations(
  { on, of }: Start,
  { names, verify }: EndpointOperationsOptions,
): readonly AnyOperation[] {
  const { NewEndpoint, EndpointChange, EndpointsQuery } = eventSchemas(names, eventChoices(names))

  const create = on
    .route('post', '/')
    .operationId('createWebhookEndpoint')
    .summary('Register a URL for webhooks')
    .body(NewEndpoint)
    .response(201, EndpointWithSecret, {
      description: 'The endpoint, and its secret.',
      headers: CreatedHeaders,
    })
    .response(401, Problem, PROBLEM)
    .response(403, Problem, PROBLEM)
    .response(409, Problem, PROBLEM)
    .response(422, Problem, PROBLEM)
    .handle(async (c) => {
      const { sender, scope } = of(c)
      const fields = { ...c.req.valid('json'), ...scope }
      const created = await orProblem(() => sender.endpoints.create(fields, { verify }))
      if (!created.ok) return c.json(created.problem, created.status)
      const { id } = created.value
      const secret = (await sender.endpoints.secret(id, scope)) ?? ''
      const location = `${c.req.path.replace(/\/$/, '')}/${id}`
      c.header('cache-control', 'no-store')
      return c.json({ ...toEndpointBody(created.value), secret }, 201, { location })
    })

  const list = on
    .route('get', '/')
    .operationId('listWebhookEndpoints')
    .summary('List your endpoints')
    .query(EndpointsQuery)
    .response(200, Endpoints, { description: 'Your endpoints, newest first.' })
    .response(401, Problem, PROBLEM)
    .response(403, Problem, PROBLEM)
    .handle(async (c) => {
      const { sender, scope } = of(c)
      const { endpoints, cursor } = await sender.endpoints.list({
        ...c.req.valid('query'),
        ...scope,
      })
      const bodies = endpoints.map(toEndpointBody)
      return c.json({ endpoints: bodies, ...(cursor !== undefined && { cursor }) }, 200)
    })

  const get = on
    .route('get', '/:id')
    .operationId('getWebhookEndpoint')
    .summary('Read an endpoint')
    .response(200, Endpoint)
    .response(401, Problem, PROBLEM)
    .response(403, Problem, PROBLEM)
    .response(404, Problem, PROBLEM)
    .handle(async (c) => {
      const { sender, scope } = of(c)
      const endpoint = await sender.endpoints.get(c.req.param('id'), scope)
      return endpoint ? c.json(toEndpointBody(endpoint), 200) : c.json(NO_ENDPOINT, 404)
    })

  const update = on
    .route('patch', '/:id')
    .operationId('updateWebhookEndpoint')
    .summary('Change fields of an endpoint')
    .body(EndpointChange)
    .response(200, Endpoint)
    .response(401, Problem, PROBLEM)
    .response(403, Problem, PROBLEM)
    .response(404, Problem, PROBLEM)
    .response(409, Problem, PROBLEM)
    .response(422, Problem, PROBLEM)
    .handle(async (c) => {
      const { sender, scope } = of(c)
      const change = c.req.valid('json')
      const updated = await orProblem(() =>
        sender.endpoints.update(c.req.param('id'), change, { ...scope, verify }),
      )
      if (!updated.ok) return c.json(updated.problem, updated.status)
      return updated.value ? c.json(toEndpointBody(updated.value), 200) : c.json(NO_ENDPOINT, 404)
    })

  const remove = on
    .route('delete', '/:id')
    .operationId('deleteWebhookEndpoint')
    .summary('Delete an endpoint')
    .description('What was still to be sent to it is cancelled.')
    .response(204)
    .response(401, Problem, PROBLEM)
    .response(403, Problem, PROBLEM)
    .response(404, Problem, PROBLEM)
    .handle(async (c) => {
      const { sender, scope } = of(c)
      const isDeleted = await sender.endpoints.delete(c.req.param('id'), scope)
      return isDeleted ? c.body(null, 204) : c.json(NO_ENDPOINT, 404)
    })

  const enable = on
    .route('post', '/:id/enable')
    .operationId('enableWebhookEndpoint')
    .summary('Enable an endpoint')
    .description('What waited for it is sent: the oldest first, as a probe.')
    .response(200, Endpoint)
    .response(401, Problem, PROBLEM)
    .response(403, Problem, PROBLEM)
    .response(404, Problem, PROBLEM)
    .handle(async (c) => {
      const { sender, scope } = of(c)
      const endpoint = await sender.endpoints.enable(c.req.param('id'), scope)
      return endpoint ? c.json(toEndpointBody(endpoint), 200) : c.json(NO_ENDPOINT, 404)
    })

  const disable = on
    .route('post', '/:id/disable')
    .operationId('disableWebhookEndpoint')
    .summary('Disable an endpoint')
    .description('What is to be sent to it waits until it is enabled.')
    .response(200, Endpoint)
    .response(401, Problem, PROBLEM)
    .response(403, Problem, PROBLEM)
    .response(404, Problem, PROBLEM)
    .handle(async (c) => {
      const { sender, scope } = of(c)
      const endpoint = await sender.endpoints.disable(c.req.param('id'), scope)
      return endpoint ? c.json(toEndpointBody(endpoint), 200) : c.json(NO_ENDPOINT, 404)
    })

  return [create, list, get, update, remove, enable, disable]
}
