import { describe, expect, it } from 'vitest'
import { openApiPath, pathParametersOf, shapeOf } from './path.ts'

describe('a path', () => {
  it.each([
    ['/users/:user-id', '/users/{user-id}', ['user-id']],
    ['/x/:file.name', '/x/{file.name}', ['file.name']],
    ['/x/:id{[0-9]*}', '/x/{id}', ['id']],
    ['/x/:at{[0-9]{4}/[0-9]{2}}/y', '/x/{at}/y', ['at']],
  ])('of Hono, %s, is %s', (path, written, names) => {
    expect(openApiPath(path)).toBe(written)
    expect(pathParametersOf(path)).toEqual(names)
  })

  it.each(['/x/*', '/x/a*', '/x/:id?', '/x/:id{[0-9]+}?'])('%s cannot be described', (path) => {
    expect(() => openApiPath(path)).toThrow(expect.objectContaining({ code: 'path' }))
  })

  it('has a shape without names and without a slash at its end', () => {
    expect(shapeOf('/u/:user-id{[0-9]+}/')).toBe('/u/:{[0-9]+}')
    expect(shapeOf('/u/:id')).toBe(shapeOf('/u/:name/'))
    expect(shapeOf('/u/:id')).not.toBe(shapeOf('/u/id'))
    expect(shapeOf('/')).toBe('')
  })
})
