import type { DeliveryTerms } from '@ringback/core/internal'
import { describeAttempts, describeDuration } from './describe-receiving.ts'

/** Says in sentences how the deliveries of one callback or webhook differ from the others; none where they do not. */
export function describeTerms({ deadline, schedule }: Partial<DeliveryTerms> = {}): string[] {
  return [
    ...(deadline === undefined ? [] : [`Respond within ${describeDuration(deadline)}`]),
    ...(schedule === undefined ? [] : [describeAttempts(schedule)]),
  ]
}
