// the same as ../../request-path/schemas.ts, of the valibot that the peers have
import * as v from 'valibot'

export const Invoice = v.object({
  id: v.string(),
  title: v.nullish(v.string()),
  customer: v.string(),
  total: v.number(),
})
export const PostQuery = v.object({ callback_url: v.optional(v.pipe(v.string(), v.url())) })
export const Received = v.object({
  msg: v.string(),
  id: v.string(),
  total: v.number(),
  notify: v.optional(v.string()),
})

export const Params = v.object({ id: v.pipe(v.string(), v.minLength(1)) })
export const GetQuery = v.object({
  fields: v.optional(v.string()),
  currency: v.optional(v.pipe(v.string(), v.length(3))),
})
export const Found = v.object({
  id: v.string(),
  fields: v.optional(v.string()),
  currency: v.optional(v.string()),
  total: v.number(),
})
