/** An item that is due at a time. */
export interface Due<TItem> {
  readonly at: number
  readonly item: TItem
  /** The number of its push, for items due at the same time. */
  readonly order: number
}

/** Gives items in the order in which they are due; items due at the same time in the order of their pushes. */
export interface DueQueue<TItem> {
  push(at: number, item: TItem): void
  /** Gives the earliest item, which stays. */
  peek(): Due<TItem> | undefined
  /** Takes the earliest item. */
  pop(): Due<TItem> | undefined
}

/** Makes a queue: a binary heap, where push and pop cost the logarithm of its length. */
export function createDueQueue<TItem>(): DueQueue<TItem> {
  const heap: Due<TItem>[] = []
  let pushed = 0
  // no arrays for pairs: this runs for every delivery, and for each level of the heap
  const isBefore = (a: number, b: number) => {
    const first = heap[a]
    const second = heap[b]
    if (first === undefined || second === undefined) return first !== undefined
    return first.at < second.at || (first.at === second.at && first.order < second.order)
  }
  const swap = (a: number, b: number) => {
    const first = heap[a]
    const second = heap[b]
    if (first === undefined || second === undefined) return
    heap[a] = second
    heap[b] = first
  }

  return {
    push(at, item) {
      pushed += 1
      let index = heap.push({ at, item, order: pushed }) - 1
      while (index > 0) {
        const parent = (index - 1) >> 1
        if (!isBefore(index, parent)) break
        swap(parent, index)
        index = parent
      }
    },
    peek: () => heap[0],
    pop() {
      const [top] = heap
      const last = heap.pop()
      if (heap.length === 0 || last === undefined) return top
      heap[0] = last
      for (let index = 0; ; ) {
        const left = 2 * index + 1
        const child = isBefore(left + 1, left) ? left + 1 : left
        if (!isBefore(child, index)) return top
        swap(index, child)
        index = child
      }
    },
  }
}
