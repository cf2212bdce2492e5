import * as v from 'valibot'
import type {
  CountBody,
  DeliveriesBody,
  DeliveryBody,
  EndpointBody,
  EndpointChangeBody,
  EndpointsBody,
  EndpointWithSecretBody,
  EndpointsQuery as ListQuery,
  NewEndpointBody,
  ProblemBody,
  DeliveriesQuery as Query,
  RangeBody,
  RecoveryBody,
  RotationBody,
  SchemaOf,
  SecretBody,
} from './bodies.ts'

const PAGE = 50
const LARGEST_PAGE = 100

const described = (text: string) => v.pipe(v.string(), v.description(text))
const time = (text: string) => v.pipe(v.string(), v.isoTimestamp(), v.description(text))
const texts = v.record(v.string(), v.string())

const url = v.pipe(
  v.string(),
  v.url(),
  v.maxLength(2048),
  v.description('Where webhooks are sent to, by https.'),
  v.examples(['https://example.com/webhooks']),
)
const description = v.pipe(v.string(), v.maxLength(1000))
const metadata = v.pipe(texts, v.description('Data of your own, which is given back.'))
const externalId = v.pipe(
  v.string(),
  v.minLength(1),
  v.maxLength(255),
  v.description('An id of your own, unique among your endpoints.'),
)
const headers = v.pipe(
  texts,
  v.description('Sent with each webhook, such as authorization. Only their names are given back.'),
)
const secret = described('The secret that webhooks to this endpoint are signed with.')
const imported = described('A secret that your receiver has, whsec_…; one is made without it.')

const endpointFields = {
  id: described('Begins with ep_.'),
  externalId: v.exactOptional(v.string()),
  url: v.string(),
  events: v.pipe(v.array(v.string()), v.description('The webhooks that it listens to.')),
  description: v.exactOptional(v.string()),
  metadata: v.exactOptional(texts),
  headerNames: v.exactOptional(v.array(v.string())),
  limits: v.exactOptional(
    v.pipe(
      v.object({ concurrency: v.exactOptional(v.number()), rate: v.exactOptional(v.number()) }),
      v.description('The most requests at once, and a second.'),
    ),
  ),
  state: v.picklist(['enabled', 'disabled']),
  disabledReason: v.exactOptional(
    v.pipe(
      v.picklist(['gone', 'failing', 'application']),
      v.description('After a 410, after days without a success, or by request.'),
    ),
  ),
  heldUntil: v.exactOptional(time('It has failed, and is only probed until then.')),
  createdAt: time('When it was created.'),
  updatedAt: time('When it was changed last.'),
}

const deliveryFields = {
  id: described('The webhook-id of its requests.'),
  event: described('The name of the webhook.'),
  state: v.string(),
  reason: v.exactOptional(described('Why it was given up on.')),
  attemptCount: v.number(),
  createdAt: time('When it was published.'),
  dueAt: v.exactOptional(time('When it is sent next.')),
}

const attempt = v.pipe(
  v.object({
    startedAt: time('When it was sent.'),
    duration: v.pipe(v.number(), v.description('Milliseconds.')),
    status: v.exactOptional(v.pipe(v.number(), v.description('The status of the response.'))),
    reason: v.exactOptional(described('Why it did not deliver.')),
  }),
  v.title('WebhookAttempt'),
)

export const Endpoint: SchemaOf<EndpointBody> = v.pipe(
  v.object(endpointFields),
  v.title('WebhookEndpoint'),
)

/** The headers of the response to a new endpoint. */
export const CreatedHeaders: SchemaOf<{ readonly location: string }> = v.object({
  location: described('The path of the endpoint.'),
})

export const EndpointWithSecret: SchemaOf<EndpointWithSecretBody> = v.pipe(
  v.object({ ...endpointFields, secret }),
  v.title('WebhookEndpointWithSecret'),
)

const page = v.exactOptional(described('Give it as cursor for the next page.'))

export const Endpoints: SchemaOf<EndpointsBody> = v.object({
  endpoints: v.array(v.pipe(v.object(endpointFields), v.title('WebhookEndpoint'))),
  cursor: page,
})

export const Secret: SchemaOf<SecretBody> = v.object({ secret })

export const Delivery: SchemaOf<DeliveryBody> = v.pipe(
  v.object(deliveryFields),
  v.title('WebhookDelivery'),
)

export const Deliveries: SchemaOf<DeliveriesBody> = v.object({
  deliveries: v.array(
    v.pipe(
      v.object({ ...deliveryFields, attempts: v.array(attempt) }),
      v.title('WebhookDeliveryWithAttempts'),
    ),
  ),
  cursor: page,
})

export const Count: SchemaOf<CountBody> = v.object({
  count: v.pipe(v.number(), v.description('How many deliveries will be sent.')),
})

export const Rotation: SchemaOf<RotationBody | undefined> = v.optional(
  v.object({
    secret: v.exactOptional(imported),
    overlap: v.exactOptional(
      v.pipe(
        v.number(),
        v.integer(),
        v.minValue(0),
        v.description('For how many milliseconds the old secret signs as well.'),
      ),
    ),
  }),
)

const range = {
  since: time('Events from this time on.'),
  until: v.exactOptional(time('Events before this time; until now without it.')),
}

export const Range: SchemaOf<RangeBody> = v.object(range)

const reason = v.exactOptional(
  v.pipe(
    v.picklist(['blocked', 'gone', 'rejected', 'exhausted', 'expired', 'internal']),
    v.description('Those alone that were given up on for this reason.'),
  ),
)

export const Recovery: SchemaOf<RecoveryBody> = v.object({ ...range, reason })

export const Problem: SchemaOf<ProblemBody> = v.pipe(
  v.object({
    type: v.string(),
    title: v.string(),
    status: v.number(),
    detail: v.string(),
    errors: v.exactOptional(
      v.array(v.object({ in: v.string(), pointer: v.string(), detail: v.string() })),
    ),
  }),
  v.title('WebhookEndpointProblem'),
)

const limit = v.exactOptional(
  v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(LARGEST_PAGE)),
  PAGE,
)
const cursor = v.exactOptional(described('The cursor of the page before.'))

/** The query of a list of deliveries. */
export const DeliveriesQuery: SchemaOf<Query, Query & { readonly limit: number }> = v.object({
  state: v.exactOptional(
    v.picklist(['scheduled', 'parked', 'sending', 'delivered', 'cancelled', 'dead']),
  ),
  reason,
  event: v.exactOptional(described('Those alone of this webhook.')),
  since: v.exactOptional(v.date()),
  until: v.exactOptional(v.date()),
  cursor,
  limit,
})

/** The schemas that name the webhooks. */
export interface EventSchemas {
  readonly NewEndpoint: SchemaOf<NewEndpointBody>
  readonly EndpointChange: SchemaOf<EndpointChangeBody>
  readonly EndpointsQuery: SchemaOf<ListQuery, ListQuery & { readonly limit: number }>
}

/** Makes the schemas that name the webhooks. */
export function eventSchemas(names: readonly string[], choices: readonly string[]): EventSchemas {
  const events = v.pipe(
    v.array(v.picklist(choices)),
    v.minLength(1),
    v.maxLength(200),
    v.description("The webhooks to listen to: names, groups such as 'invoice.*', or '*' for all."),
  )
  return {
    NewEndpoint: v.pipe(
      v.object({
        url,
        events: v.exactOptional(events),
        description: v.exactOptional(description),
        metadata: v.exactOptional(metadata),
        externalId: v.exactOptional(externalId),
        headers: v.exactOptional(headers),
        secret: v.exactOptional(imported),
      }),
      v.title('NewWebhookEndpoint'),
    ),
    EndpointChange: v.pipe(
      v.object({
        url: v.exactOptional(url),
        events: v.exactOptional(events),
        description: v.exactOptional(v.nullable(description)),
        metadata: v.exactOptional(v.nullable(metadata)),
        externalId: v.exactOptional(v.nullable(externalId)),
        headers: v.exactOptional(v.nullable(headers)),
      }),
      v.title('WebhookEndpointChange'),
      v.description('Fields to replace; null removes one.'),
    ),
    EndpointsQuery: v.object({
      externalId: v.exactOptional(v.string()),
      event: v.exactOptional(v.picklist(names)),
      state: v.exactOptional(v.picklist(['enabled', 'disabled'])),
      cursor,
      limit,
    }),
  }
}
