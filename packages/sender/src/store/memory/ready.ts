import { isTurn } from '../turns.ts'
import type { Due, DueQueue } from './due-queue.ts'

/** Something that takes turns; an entry in a queue with another time than this one is out of date. */
export interface Ready {
  readyAt: number | undefined
}

/** Gives the one whose turn is next; entries that are out of date are dropped. */
export function peekReady<TOne extends Ready>(ready: DueQueue<TOne>): Due<TOne> | undefined {
  for (let next = ready.peek(); next; next = ready.peek()) {
    if (next.item.readyAt === next.at) return next
    ready.pop()
  }
  return undefined
}

/** Takes out those whose turn it is, at most so many; they are announced again later. */
export function popReady<TOne extends Ready>(
  ready: DueQueue<TOne>,
  { limit, now }: { readonly limit: number; readonly now: number },
): TOne[] {
  const popped: TOne[] = []
  for (let next = peekReady(ready); next && isTurn(next.at, now); next = peekReady(ready)) {
    if (popped.length === limit) break
    ready.pop()
    next.item.readyAt = undefined
    popped.push(next.item)
  }
  return popped
}
