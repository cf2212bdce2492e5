import { describe, expect, it } from 'vitest'
import { gatherChanges } from './gather-changes.ts'

/** Changes of a list, whose transactions are counted; one that throws undoes what it has added. */
function setUp() {
  const list: string[] = []
  let transactions = 0
  const changes = gatherChanges((work) => {
    transactions += 1
    const before = list.length
    try {
      return work()
    } catch (error) {
      list.length = before
      throw error
    }
  })
  const push = (name: string) => () => {
    list.push(name)
    if (name.startsWith('bad')) throw new Error(name)
    return name
  }
  return { changes, list, push, transactions: () => transactions }
}

describe('gatherChanges', () => {
  it('makes the changes of a turn in one transaction, in their order', async () => {
    const { changes, list, push, transactions } = setUp()
    const made = ['a', 'b', 'c'].map((name) => changes.add(push(name)))
    expect([changes.isWaiting(), list]).toEqual([true, []])
    expect(await Promise.all(made)).toEqual(['a', 'b', 'c'])
    expect([changes.isWaiting(), list, transactions()]).toEqual([false, ['a', 'b', 'c'], 1])
  })

  it('rejects a change that fails, and makes the others', async () => {
    const { changes, list, push } = setUp()
    const made = await Promise.allSettled(['a', 'bad', 'c'].map((name) => changes.add(push(name))))
    expect(made.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(made[1]).toMatchObject({ reason: new Error('bad') })
    expect(list).toEqual(['a', 'c'])
  })

  it('makes what waits with a change that is made now, and begins no empty transaction', async () => {
    const { changes, list, push, transactions } = setUp()
    const waiting = changes.add(push('a'))
    const now = changes.addNow(push('b'))
    expect([changes.isWaiting(), list]).toEqual([false, ['a', 'b']])
    expect(await Promise.all([waiting, now])).toEqual(['a', 'b'])
    await changes.add(push('c'))
    expect(transactions()).toBe(2)
  })

  it('makes a change that is asked for by one that has been made in a transaction after it', async () => {
    const { changes, list, push, transactions } = setUp()
    const later = changes.add(push('a')).then(() => changes.add(push('b')))
    expect(await later).toBe('b')
    expect([list, transactions()]).toEqual([['a', 'b'], 2])
  })
})
