/** Lets one item of each order key go at a time. */
export interface OrderChains<TItem> {
  /** Lets an item go, at once or in its turn; an item that is already waiting keeps its turn. */
  add(key: string | undefined, item: TItem, turn: 'next' | 'last'): void
  /** Tells whether an item waits for another with its key. */
  isBehind(key: string | undefined, item: TItem): boolean
  /** Ends an item: the next one goes. */
  remove(key: string | undefined, item: TItem): void
}

/** Makes empty chains; an item without a key goes at once. */
export function createOrderChains<TItem>(go: (item: TItem) => void): OrderChains<TItem> {
  const chains = new Map<string, TItem[]>()
  return {
    add(key, item, turn) {
      if (key === undefined) return go(item)
      const chain = chains.get(key) ?? []
      chains.set(key, chain)
      if (!chain.includes(item)) chain.splice(turn === 'next' ? 1 : chain.length, 0, item)
      if (chain[0] === item) go(item)
    },
    isBehind(key, item) {
      const chain = key === undefined ? undefined : chains.get(key)
      return chain !== undefined && chain[0] !== item
    },
    remove(key, item) {
      const chain = key === undefined ? undefined : chains.get(key)
      if (key === undefined || chain === undefined) return
      const index = chain.indexOf(item)
      if (index >= 0) chain.splice(index, 1)
      if (chain.length === 0) chains.delete(key)
      const [next] = chain
      if (index === 0 && next !== undefined) go(next)
    },
  }
}
