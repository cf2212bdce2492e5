import type { DeadReason, Delivery } from '@ringback/core'
import { checkMembers, type Rule, requireMembers, TEXT, TIME } from '../check-members.ts'
import { checkScope } from '../endpoints/check-scope.ts'
import { matchesEvent } from '../endpoints/event-names.ts'
import { storeOf } from '../endpoints/store-of.ts'
import type { DeliveryFilter, DeliveryStore, OwnerScope } from '../store/delivery-store.ts'
import { REASON } from './check-filter.ts'

/** The webhooks of an endpoint that were published in a time; milliseconds since the Unix epoch. */
export interface ReplayFilter {
  /** The id of the endpoint. */
  readonly endpoint: string
  readonly since: number
  /** Before this time; now unless given. */
  readonly until?: number
}

/** The dead deliveries of an endpoint that were published in a time. */
export interface RecoverFilter extends ReplayFilter {
  /** Those alone that are dead for this reason. */
  readonly reason?: DeadReason
}

/** Sends webhooks again, after an endpoint was away. */
export interface Recovery {
  /**
   * Redrives the dead deliveries of an endpoint, oldest first; resolves to how many.
   *
   * @throws {SenderError} with `option`
   */
  recover(filter: RecoverFilter, scope?: OwnerScope): Promise<number>
  /**
   * Sends an endpoint the webhooks of its owner that it listens to and never got, since it was not there, listened to
   * others or was disabled; resolves to how many.
   *
   * @throws {SenderError} with `option`
   */
  replay(filter: ReplayFilter, scope?: OwnerScope): Promise<number>
}

/** The dependencies of recovery. */
export interface RecoveryOptions {
  readonly store: DeliveryStore
  /** Says of a delivery that it is sent again. */
  readonly report: (delivery: Delivery) => void
  /** Called after so many deliveries were stored, which the filter selects with others. */
  readonly onReplayed: (filter: DeliveryFilter, count: number) => void
}

const BATCH = 100
const NEEDED = { endpoint: TEXT, since: TIME }
const REPLAY = { ...NEEDED, until: TIME } satisfies Record<keyof ReplayFilter, Rule>

/** Makes the methods of a sender that send webhooks again. */
export function createRecovery({ store, report, onReplayed }: RecoveryOptions): Recovery {
  const findOf = (id: string, scope: OwnerScope | undefined, place: string) =>
    storeOf(store).find(id, checkScope(scope, place))

  return {
    async recover(filter, scope) {
      check('recover', filter, { ...REPLAY, reason: REASON })
      const endpoint = await findOf(filter.endpoint, scope, 'recover')
      if (endpoint === undefined) return 0
      const dead: DeliveryFilter = { ...filter, owner: endpoint.owner, state: 'dead', limit: BATCH }
      const ids: string[] = []
      for (let cursor: string | undefined; ; ) {
        const page = await store.query(cursor === undefined ? dead : { ...dead, cursor })
        ids.push(...page.map(({ id }) => id))
        cursor = page.at(-1)?.id
        if (page.length < BATCH) break
      }
      let count = 0
      for (const id of ids.reverse()) {
        const delivery = await store.redrive(id, { owner: endpoint.owner })
        if (delivery?.state !== 'scheduled') continue
        report(delivery)
        count += 1
      }
      return count
    },

    async replay(filter, scope) {
      check('replay', filter, REPLAY)
      const endpoint = await findOf(filter.endpoint, scope, 'replay')
      if (endpoint === undefined) return 0
      const range = { ...filter, owner: endpoint.owner }
      const names = await storeOf(store).callbacks(range)
      const callbacks = names.filter((name) => matchesEvent(endpoint.events, name))
      if (callbacks.length === 0) return 0
      let count = 0
      for (let { since }: { since?: number } = range; since !== undefined; ) {
        const added = await storeOf(store).replay({ ...range, since, callbacks, limit: BATCH })
        if (added.count > 0) {
          const until = added.since === undefined ? range.until : added.since + 1
          const { owner } = endpoint
          const stored = { owner, endpoint: range.endpoint, since }
          onReplayed(until === undefined ? stored : { ...stored, until }, added.count)
        }
        count += added.count
        since = added.since
      }
      return count
    },
  }
}

function check(place: string, filter: ReplayFilter, rules: Readonly<Record<string, Rule>>): void {
  checkMembers(place, filter, rules)
  requireMembers(place, filter, NEEDED)
}
