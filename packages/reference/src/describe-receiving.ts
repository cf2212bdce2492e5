import type { DeliveryTerms, OpenApiDocument } from '@ringback/core/internal'

/** The component that signed callbacks have. */
export const SIGNATURE = 'webhook-signature'

const SECRET_SOURCE = 'from whoever operates this API, never with a request'

/** Describes in Markdown what a receiver of the callbacks and webhooks has to know; empty where none is signed and sent. */
export function describeReceiving(
  { paths, webhooks = {}, components }: OpenApiDocument,
  { terms, secretSource = SECRET_SOURCE }: DescribeReceivingOptions,
): string {
  const { parameters = {} } = components ?? {}
  const signature = Object.hasOwn(parameters, SIGNATURE) ? parameters[SIGNATURE] : undefined
  if (!signature) return ''
  const hasCallbacks = Object.values(paths).some((item) =>
    Object.values(item).some((operation) => operation?.callbacks !== undefined),
  )
  const isSubscribed = Object.keys(webhooks).length > 0
  const kinds = [hasCallbacks && 'callbacks', isSubscribed && 'webhooks']
  const within = terms ? ` within ${describeDuration(terms.deadline)}` : ' in time'
  const attempts =
    hasCallbacks && isSubscribed && terms && isOther(terms)
      ? `${describeAttempts(terms.schedule)} Those of a webhook: ${describeSchedule(terms.webhookSchedule)}.`
      : describeAttempts(hasCallbacks ? terms?.schedule : terms?.webhookSchedule)
  return [
    `## Receive ${kinds.filter(Boolean).join(' and ')}`,
    'This API sends requests to servers of its clients. Your server has to know:',
    [
      `- **Respond with a 2xx status${within}.** Any other status is a failure, and so is no response. Do slow work after the response.`,
      `- ${attempts} \`Retry-After\` is honoured, and 410 ends the attempts.`,
      '- **A request arrives at least once.** It may arrive again with the same `webhook-id`: keep the ids that you have handled.',
      '- **Redirects are not followed.** A 3xx status is a failure.',
      `- **Verify the header \`${SIGNATURE}\`.** ${signature.description} The secret (\`whsec_…\`) or the public key (\`whpk_…\`) comes ${secretSource}.`,
    ].join('\n'),
  ].join('\n\n')
}

interface DescribeReceivingOptions {
  readonly terms: DeliveryTerms | undefined
  readonly secretSource: string | undefined
}

/** Says in a sentence how often a request is sent. */
export function describeAttempts(schedule: readonly number[] | undefined): string {
  if (!schedule) return '**A failed request is sent again**, later each time.'
  if (schedule.length < 2) return '**A failed request is not sent again.**'
  return `**A failed request is sent again**: ${describeSchedule(schedule)}.`
}

function isOther({ schedule, webhookSchedule }: DeliveryTerms): boolean {
  return schedule.join() !== webhookSchedule.join()
}

function describeSchedule(schedule: readonly number[]): string {
  const whole = schedule.reduce((sum, delay) => sum + delay, 0)
  return `${schedule.length} attempts over about ${describeDuration(whole)}`
}

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
] as const

/** Writes milliseconds in the two largest units that they have. */
export function describeDuration(milliseconds: number): string {
  let rest = milliseconds
  const parts: string[] = []
  for (const [unit, length] of UNITS) {
    const count = Math.floor(rest / length)
    rest -= count * length
    if (count > 0) parts.push(`${count} ${unit}${count > 1 ? 's' : ''}`)
  }
  return parts.slice(0, 2).join(' ') || `${milliseconds} milliseconds`
}
