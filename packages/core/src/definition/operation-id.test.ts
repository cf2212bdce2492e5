import { describe, expect, it } from 'vitest'
import { route } from '../builders/route.ts'
import { operationIdOf } from './operation-id.ts'

describe('operationIdOf', () => {
  it.each([
    ['/', 'getRoot'],
    ['/invoices', 'getInvoices'],
    ['/invoices/', 'getInvoices'],
    ['/invoices/:id', 'getInvoicesById'],
    ['/tenants/:tenant_id/orders/:id{[0-9]+}', 'getTenantsByTenantIdOrdersById'],
    ['/x/:at{[0-9]{4}/[0-9]{2}}', 'getXByAt'],
    ['/well-known/a.b', 'getWellKnownAB'],
  ])('makes one of GET %s', (path, expected) => {
    expect(operationIdOf(route('get', path)['~definition'])).toBe(expected)
  })

  it("keeps the operation's own", () => {
    expect(operationIdOf(route('get', '/x').operationId('readX')['~definition'])).toBe('readX')
  })
})
