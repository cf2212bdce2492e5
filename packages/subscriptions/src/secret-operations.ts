import type { AnyOperation } from '@ringback/core'
import { NO_ENDPOINT, orProblem } from './problems.ts'
import { EndpointWithSecret, Problem, Rotation, Secret } from './schemas.ts'
import { PROBLEM, type Start } from './start.ts'
import { toEndpointBody } from './to-body.ts'

/** Makes the operations that replace and read the secret of an endpoint. */
export function secretOperations({ on, of }: Start): readonly AnyOperation[] {
  const rotate = on
    .route('post', '/:id/rotate')
    .operationId('rotateWebhookSecret')
    .summary('Replace the secret of an endpoint')
    .description('Requests are signed with the old secret as well, for as long as they overlap.')
    .body(Rotation)
    .response(200, EndpointWithSecret)
    .response(401, Problem, PROBLEM)
    .response(403, Problem, PROBLEM)
    .response(404, Problem, PROBLEM)
    .response(422, Problem, PROBLEM)
    .handle(async (c) => {
      const { sender, scope } = of(c)
      const id = c.req.param('id')
      const rotated = await orProblem(() =>
        sender.endpoints.rotate(id, { ...c.req.valid('json'), ...scope }),
      )
      if (!rotated.ok) return c.json(rotated.problem, 422)
      const secret = rotated.value && (await sender.endpoints.secret(id, scope))
      if (!rotated.value || secret === undefined) return c.json(NO_ENDPOINT, 404)
      c.header('cache-control', 'no-store')
      return c.json({ ...toEndpointBody(rotated.value), secret }, 200)
    })

  const read = on
    .route('get', '/:id/secret')
    .operationId('getWebhookSecret')
    .summary('Read the secret of an endpoint')
    .response(200, Secret)
    .response(401, Problem, PROBLEM)
    .response(403, Problem, PROBLEM)
    .response(404, Problem, PROBLEM)
    .handle(async (c) => {
      const { sender, scope } = of(c)
      const secret = await sender.endpoints.secret(c.req.param('id'), scope)
      if (secret === undefined) return c.json(NO_ENDPOINT, 404)
      c.header('cache-control', 'no-store')
      return c.json({ secret }, 200)
    })

  return [rotate, read]
}
