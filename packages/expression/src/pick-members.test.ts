import { describe, expect, it } from 'vitest'
import { pickMembers } from './pick-members.ts'

function pickBody(body: unknown, pointers: readonly (readonly string[])[]) {
  return pickMembers(
    { body },
    pointers.map((pointer) => ['body', ...pointer]),
  )
}

describe('pickMembers', () => {
  const body = { id: 7, secret: 's', list: ['a', { z: 'zz', y: 1 }, 'c'], nul: null }

  it.each([
    [[['id']], { id: 7 }],
    [[['id'], ['nul']], { id: 7, nul: null }],
    [[['list', '1', 'z']], { list: [null, { z: 'zz' }] }],
    [
      [
        ['list', '2'],
        ['list', '0'],
      ],
      { list: ['a', null, 'c'] },
    ],
    [[['list', '1', 'z'], ['list']], { list: body.list }],
    [[['list'], ['list', '1', 'z']], { list: body.list }],
    [[['id'], []], body],
    [[[], ['list', '1', 'z']], body],
    [[['nope'], ['list', '3'], ['id', 'x'], ['nul', 'x'], ['list', 'length']], undefined],
    [[], undefined],
  ])('picks %j', (pointers, picked) => {
    expect(pickBody(body, pointers).body).toEqual(picked)
  })

  it.each([['text'], [0], [null], [false]])('picks the whole of %j', (whole) => {
    expect(pickBody(whole, [[]])).toEqual({ body: whole })
  })

  it('shares nothing with the original', () => {
    const original = { list: [{ z: 1 }] }
    const { body: picked } = pickBody(original, [['list']])
    original.list[0] = { z: 2 }
    expect(picked).toEqual({ list: [{ z: 1 }] })
  })

  it('keeps members that are named like the prototype as data', () => {
    const own = JSON.parse('{"__proto__":{"a":1,"b":2},"x":{"__proto__":3}}')
    const { body: picked } = pickBody(own, [['__proto__', 'a'], ['x']])
    expect(JSON.stringify(picked)).toBe('{"__proto__":{"a":1},"x":{"__proto__":3}}')
    expect(Object.getPrototypeOf(picked)).toBe(null)
    expect({}).not.toHaveProperty('a')
  })
})
