import * as v from 'valibot'

const Line = (index: number) =>
  v.object({
    sku: v.pipe(v.string(), v.maxLength(40)),
    [`quantity${index}`]: v.pipe(v.number(), v.minValue(1)),
    price: v.optional(v.number()),
  })

/** The schemas of one operation, alike in shape and each its own. */
export const schemasOf = (index: number) => ({
  query: v.object({
    callback_url: v.optional(v.pipe(v.string(), v.url())),
    [`dry${index}`]: v.optional(v.picklist(['yes', 'no'])),
  }),
  body: v.object({
    id: v.string(),
    customer: v.pipe(v.string(), v.minLength(1)),
    [`note${index}`]: v.nullish(v.string()),
    lines: v.array(Line(index)),
  }),
  response: v.object({ id: v.string(), [`total${index}`]: v.number() }),
  event: v.object({ description: v.string(), [`paid${index}`]: v.boolean() }),
  received: v.object({ [`ok${index}`]: v.boolean() }),
})
