import type { Sender } from '@ringback/sender'
import type { ObjectStorage } from './object-storage.ts'

/** Keeps an object sending: now, or by an alarm. */
export interface Sending {
  /** Makes a change that may have to be sent: the alarm is at most a few seconds ahead until it is made, and sent. */
  during<TResult>(change: () => Promise<TResult>): Promise<TResult>
  /** Sends what is due. Never throws. */
  wake(): void
  /** Says that the alarm has gone off: none is set then. */
  onAlarm(): void
}

/** The dependencies of sending. */
export interface SendingOptions {
  readonly storage: Pick<ObjectStorage, 'setAlarm' | 'deleteAlarm'>
  /** The sender of the object; throws when its options are not valid. */
  readonly sender: () => Pick<Sender, 'sendDue'>
  /** Writes what was counted, if anything: a while after the last work, since an object without work is evicted. */
  readonly writeCounts: () => void
  readonly onError: (error: unknown) => void
}

// an object that is lost while it sends is woken after so many milliseconds
const AHEAD = 3000
const RETRY_DELAY = 30_000
// with more work meanwhile, counts are written once a second
const COUNTS_DELAY = 1000

/**
 * Makes what keeps an object sending. While anything is sent, an alarm is set a few seconds ahead, and set again when it
 * goes off. Once nothing is left to do now, it is set to when something is due, or a lease or an expiry ends.
 */
export function keepSending({ storage, sender, writeCounts, onError }: SendingOptions): Sending {
  // unknown at first: an earlier incarnation may have set one
  let alarmAt: number | undefined
  let working = 0
  let isWriting = false

  const setAlarm = (time: number) => {
    if (alarmAt === time) return
    alarmAt = time
    storage.setAlarm(time).catch(onError)
  }
  const secure = () => {
    const time = Date.now() + AHEAD
    if (alarmAt === undefined || alarmAt > time) setAlarm(time)
  }
  const writeCountsLater = () => {
    if (isWriting) return
    isWriting = true
    setTimeout(() => {
      isWriting = false
      try {
        writeCounts()
      } catch (error) {
        onError(error)
      }
    }, COUNTS_DELAY)
  }
  const rest = (nextAt: number | undefined) => {
    working -= 1
    // others still send; the last one knows when something is due
    if (working > 0) return
    writeCountsLater()
    if (nextAt !== undefined) return setAlarm(Math.max(nextAt, Date.now()))
    alarmAt = undefined
    storage.deleteAlarm().catch(onError)
  }
  const work = async (): Promise<number | undefined> => {
    try {
      return (await sender().sendDue()).nextAt
    } catch (error) {
      // an alarm that throws is given up on after a few times
      onError(error)
      return Date.now() + RETRY_DELAY
    }
  }

  const begin = () => {
    secure()
    working += 1
  }

  return {
    async during(change) {
      begin()
      try {
        return await change()
      } finally {
        void work().then(rest)
      }
    },
    wake() {
      begin()
      void work().then(rest)
    },
    onAlarm() {
      alarmAt = undefined
    },
  }
}
