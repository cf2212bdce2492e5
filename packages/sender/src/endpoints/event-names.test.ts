import { describe, expect, it } from 'vitest'
import { checkEventPattern, checkEventPatterns, matchesEvent, patternsFor } from './event-names.ts'

describe('matchesEvent', () => {
  it.each([
    [['*'], 'invoice.paid', true],
    [['invoice.*'], 'invoice.paid', true],
    [['invoice.*'], 'invoice.paid.late', true],
    [['invoice.paid.*'], 'invoice.paid.late', true],
    [['invoice.paid'], 'invoice.paid', true],
    [['order.paid', 'invoice.paid'], 'invoice.paid', true],
    [['orderShipped'], 'orderShipped', true],
    [['invoice.*'], 'invoice', false],
    [['invoice.*'], 'invoices.paid', false],
    [['invoice.paid'], 'invoice.paid.late', false],
    [['Invoice.*'], 'invoice.paid', false],
    [['constructor'], 'invoice.paid', false],
    [[], 'invoice.paid', false],
  ])('%j, %s: %s', (patterns, event, expected) => {
    expect(matchesEvent(patterns, event)).toBe(expected)
  })

  it('agrees with the list of patterns for an event', () => {
    expect(patternsFor('a')).toEqual(['*', 'a'])
    expect(patternsFor('a.b.c')).toEqual(['*', 'a.*', 'a.b.*', 'a.b.c'])
    for (const pattern of patternsFor('a.b.c')) expect(matchesEvent([pattern], 'a.b.c')).toBe(true)
  })
})

describe('checkEventPattern', () => {
  it.each(['*', 'invoice.*', 'invoice.paid', 'invoice.paid.*', 'orderShipped', 'a/b', 'ä.*'])(
    'accepts %s',
    (pattern) => expect(() => checkEventPattern(pattern)).not.toThrow(),
  )

  it.each([
    ['', /1 to 255 characters/],
    ['a'.repeat(256), /1 to 255 characters/],
    [7, /1 to 255 characters/],
    ['in*', /'\*' inside/],
    ['*.paid', /'\*' inside/],
    ['invoice.*.late', /'\*' inside/],
    ['invoice**', /'\*' inside/],
    ['.*', /empty part/],
    ['.paid', /empty part/],
    ['invoice.', /empty part/],
    ['invoice..paid', /empty part/],
    ['invoice..*', /empty part/],
    ['a\nb', /control character/],
    ['\ud800', /unpaired surrogate/],
  ])('refuses %j', (pattern, message) => {
    expect(() => checkEventPattern(pattern)).toThrow(
      expect.objectContaining({ code: 'endpoint', message: expect.stringMatching(message) }),
    )
  })

  it('refuses a list that selects nothing, or is too long', () => {
    expect(() => checkEventPatterns([])).toThrow(/at least one.*\['\*'\]/)
    expect(() => checkEventPatterns('*')).toThrow(/at least one/)
    expect(() => checkEventPatterns(Array(201).fill('a'))).toThrow(/more than 200/)
    expect(() => checkEventPatterns(['a', 'b*'])).toThrow(/inside/)
  })
})
