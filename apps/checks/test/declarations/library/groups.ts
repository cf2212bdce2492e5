// Groups, and operations of them.
import { callback, group, whenDeclared } from '@ringback/core'
import * as v from 'valibot'
import { apiKey, bearer, middleware, problems } from './operations.ts'

export const moved = callback('post', '{$request.body#/movedUrl}')
  .body(v.object({ to: v.string() }))
  .response(204)
export const movedWhenDeclared = whenDeclared(moved)

export const api = group({
  tags: ['api'],
  use: [middleware],
  problems,
  responses: { 404: v.object({ detail: v.string() }), '5XX': v.object({ incident: v.string() }) },
})

export const parcels = api.group({
  prefix: '/tenants/:tenant/parcels',
  security: [bearer],
  callbacks: { moved: movedWhenDeclared },
})

export const byKey = parcels.group({ security: [apiKey] })

export const unfinishedMove = parcels.route('put', '/:id')

export const moveParcel = unfinishedMove
  .body(v.object({ movedUrl: v.string() }))
  .response(200, v.object({ by: v.string(), tenant: v.string() }))
  .handle(async (c, { callbacks }) => {
    await callbacks.moved.send({ to: c.req.param('id') })
    return c.json({ by: c.var.user.name, tenant: c.req.param('tenant') }, 200)
  })

export const listParcels = byKey
  .route('get', '/')
  .response(200, v.array(v.string()))
  .handle((c) => c.json([`${c.var.client}`], 200))
