import { describe, expect, it } from 'vitest'
import { expandShorthand } from './expand-shorthand.ts'

describe('expandShorthand', () => {
  it.each([
    ['$request.body.user.id', '$request.body#/user/id'],
    ['$Response.Body.a/b', '$response.body#/a~1b'],
    ['$callback_url', '<callback_url>'],
    ['$callback_url  ', '<callback_url>'],
    ['$request_id', '<request_id>'],
  ])('expands %j', (source, expanded) => {
    expect(expandShorthand(source, (name) => `<${name}>`)).toBe(expanded)
  })

  it.each(['$url', '$StatusCode', '$request', '$request.body', '$request.cookie.a', '$a{$b', 'a'])(
    'leaves %s as it is',
    (source) => expect(expandShorthand(source, () => 'another')).toBe(source),
  )
})
