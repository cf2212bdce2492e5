import { describe, expect, it } from 'vitest'
import { parseTemplate } from './parse-template.ts'
import { readsOf } from './reads.ts'

const nothing = { path: [], query: [], header: [], body: [] }

describe('readsOf', () => {
  it('lists each part once', () => {
    const key =
      '{$request.query.url}/{$method}/{$request.body#/id}/{$request.path.a}/{$response.header.X-A}/{$request.body#/id}/{$Response.body}#{$statusCode}'
    expect(readsOf(parseTemplate(key))).toEqual({
      url: false,
      method: true,
      statusCode: false,
      request: { path: ['a'], query: ['url'], header: [], body: [['id']] },
      response: { path: [], query: [], header: ['x-a'], body: [[]] },
    })
  })

  it('lists nothing for a constant URL', () => {
    expect(readsOf(parseTemplate('https://ops.example.com/'))).toEqual({
      url: false,
      method: false,
      statusCode: false,
      request: nothing,
      response: nothing,
    })
  })
})
