/** Something that is due at a time. */
export interface Due<TItem> {
  readonly at: number
  readonly item: TItem
}

/** Gives what is due earliest first. */
export interface DueQueue<TItem> {
  push(at: number, item: TItem): void
  /** The earliest, which stays. */
  peek(): Due<TItem> | undefined
  /** Takes the earliest. */
  pop(): Due<TItem> | undefined
}

/** Makes a queue: a binary heap, so that both ways cost the logarithm of its length. */
export function dueQueue<TItem>(): DueQueue<TItem> {
  const heap: Due<TItem>[] = []
  const at = (index: number) => heap[index]?.at ?? Number.POSITIVE_INFINITY
  const swap = (a: number, b: number) => {
    const [first, second] = [heap[a], heap[b]]
    if (first && second) {
      heap[a] = second
      heap[b] = first
    }
  }

  return {
    push(time, item) {
      let index = heap.push({ at: time, item }) - 1
      while (index > 0) {
        const parent = (index - 1) >> 1
        if (at(parent) <= at(index)) break
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
        const child = at(left + 1) < at(left) ? left + 1 : left
        if (at(index) <= at(child)) return top
        swap(index, child)
        index = child
      }
    },
  }
}
