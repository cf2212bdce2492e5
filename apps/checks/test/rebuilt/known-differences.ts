// Where a document that our builders write differs from its original, and why.
import { expect } from 'vitest'
import type { Difference } from '../../src/json-differences.ts'

type Reason = `${'wording' | 'improvement' | 'out of scope' | 'left out'}: ${string}`

/** Differences of one kind and one reason; `was` and `is` are the same at all of these places. */
export interface KnownDifference extends Omit<Difference, 'at'> {
  readonly at: string | readonly string[]
  readonly because: Reason
}

/** A member that has another name in ours; what is under it is compared as well. */
export interface KnownRename {
  readonly at: string
  readonly to: string
  readonly because: Reason
}

const reference = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` })
const response = (name: string) => reference('responses', name)

const VERSION = 'wording: the version that we write'
const TEXT = "improvement: Redocly's recommended rules demand a summary; the original has none"
const ID = 'improvement: clients name their functions after it; made of method, path and name'
const EXAMPLES = 'wording: `example` of a schema is deprecated in 3.1; `examples` is a list'
const SENT = 'improvement: we never send it without its body'
const TYPED = 'improvement: the original lacks the type, so that any string or number fits too'
const PROBLEMS = 'improvement: what is answered to a request that breaks its schema'
const LINK = 'wording: a link stands where it is used; each of these is used once'
const TITLE = 'out of scope: made of the name of the member, and says no more'

const everywhere: readonly KnownDifference[] = [
  { at: '/servers', is: [{ url: '/' }], because: 'wording: the default, written out' },
  { at: '/security', is: [], because: 'wording: the default, written out' },
]
const problem: KnownDifference = {
  at: '/components/schemas/Problem',
  is: expect.objectContaining({ required: ['type', 'title', 'status', 'detail'] }),
  because: PROBLEMS,
}
const problems = (...names: string[]): KnownDifference => ({
  at: '/components/responses',
  is: Object.fromEntries(names.map((name) => [name, expect.anything()])),
  because: PROBLEMS,
})

const stream = '/paths/~1streams/post'
const onData = `${stream}/callbacks/onData/{$request.query.callbackUrl}~1data/post`
const subscription = `${stream}/responses/201/content/application~1json/schema`

const callbackExample: readonly KnownDifference[] = [
  ...everywhere,
  { at: '/openapi', was: '3.0.0', is: '3.1.1', because: VERSION },
  { at: `${stream}/summary`, is: 'Subscribe', because: TEXT },
  { at: `${onData}/summary`, is: 'Data', because: TEXT },
  { at: `${stream}/operationId`, is: 'postStreams', because: ID },
  { at: `${onData}/operationId`, is: 'postStreams_onData', because: ID },
  {
    at: `${stream}/parameters/0/schema/example`,
    was: 'https://tonys-server.com',
    because: EXAMPLES,
  },
  {
    at: `${stream}/parameters/0/schema/examples`,
    is: ['https://tonys-server.com'],
    because: EXAMPLES,
  },
  {
    at: `${subscription}/properties/subscriptionId/example`,
    was: '2531329f-fb09-4ef7-887e-84e648214436',
    because: EXAMPLES,
  },
  {
    at: `${subscription}/properties/subscriptionId/examples`,
    is: ['2531329f-fb09-4ef7-887e-84e648214436'],
    because: EXAMPLES,
  },
  { at: `${subscription}/type`, is: 'object', because: TYPED },
  { at: `${onData}/requestBody/required`, is: true, because: SENT },
  { at: `${stream}/responses/422`, is: response('UnprocessableContent'), because: PROBLEMS },
  {
    at: '/components',
    is: {
      schemas: { Problem: problem.is },
      responses: { UnprocessableContent: expect.anything() },
    },
    because: PROBLEMS,
  },
]

const users = '/paths/~12.0~1users~1{username}/get'
const repositories = '/paths/~12.0~1repositories~1{username}'
const links = (operation: string, name: string) => `${operation}/responses/200/links/${name}`

const ownerRepositories = {
  operationId: 'getRepositoriesByOwner',
  parameters: { username: '$response.body#/username' },
}
const ownerAndSlug = { username: '$response.body#/owner/username', slug: '$response.body#/slug' }
const merge = {
  operationId: 'mergePullRequest',
  parameters: {
    username: '$response.body#/author/username',
    slug: '$response.body#/repository/slug',
    pid: '$response.body#/id',
  },
}
const summaries = {
  [users]: 'Read a user',
  [`${repositories}/get`]: 'List repositories',
  [`${repositories}~1{slug}/get`]: 'Read a repository',
  [`${repositories}~1{slug}~1pullrequests/get`]: 'List pull requests',
  [`${repositories}~1{slug}~1pullrequests~1{pid}/get`]: 'Read a pull request',
  [`${repositories}~1{slug}~1pullrequests~1{pid}~1merge/post`]: 'Merge a pull request',
}

const linkExample: readonly KnownDifference[] = [
  ...everywhere,
  { at: '/openapi', was: '3.0.0', is: '3.1.1', because: VERSION },
  ...Object.entries(summaries).map(
    ([at, is]): KnownDifference => ({ at: `${at}/summary`, is, because: TEXT }),
  ),
  {
    at: links(users, 'userRepositories'),
    was: reference('links', 'UserRepositories'),
    is: ownerRepositories,
    because: LINK,
  },
  {
    at: links(`${repositories}/get`, 'userRepository'),
    was: reference('links', 'UserRepository'),
    is: {
      operationId: 'getRepository',
      parameters: { username: '$response.body#/0/owner/username', slug: '$response.body#/0/slug' },
    },
    because: "improvement: the answer is a list, which has no members 'owner' and 'slug'",
  },
  {
    at: links(`${repositories}~1{slug}/get`, 'repositoryPullRequests'),
    was: reference('links', 'RepositoryPullRequests'),
    is: { operationId: 'getPullRequestsByRepository', parameters: ownerAndSlug },
    because: LINK,
  },
  {
    at: links(`${repositories}~1{slug}~1pullrequests~1{pid}/get`, 'pullRequestMerge'),
    was: reference('links', 'PullRequestMerge'),
    is: merge,
    because: LINK,
  },
  {
    at: '/components/links',
    was: {
      UserRepositories: ownerRepositories,
      UserRepository: { operationId: 'getRepository', parameters: ownerAndSlug },
      RepositoryPullRequests: {
        operationId: 'getPullRequestsByRepository',
        parameters: ownerAndSlug,
      },
      PullRequestMerge: merge,
    },
    because: LINK,
  },
  {
    at: `${repositories}~1{slug}~1pullrequests/get/responses/422`,
    is: response('UnprocessableContent'),
    because: PROBLEMS,
  },
  problem,
  problems('UnprocessableContent'),
]

const webhookExample: readonly KnownDifference[] = [
  ...everywhere,
  { at: '/openapi', was: '3.1.0', is: '3.1.1', because: VERSION },
  { at: '/paths', is: {}, because: 'wording: empty, where the original has none' },
  { at: '/webhooks/newPet/post/summary', is: 'A new pet', because: TEXT },
  { at: '/webhooks/newPet/post/operationId', is: 'newPet', because: ID },
  { at: '/webhooks/newPet/post/requestBody/required', is: true, because: SENT },
  { at: '/components/schemas/Pet/type', is: 'object', because: TYPED },
  {
    at: '/components/schemas/Pet/properties/id/format',
    was: 'int64',
    because: 'out of scope: a number of JavaScript is exact up to 2^53 only',
  },
]

const square = '/paths/~1board~1{row}~1{column}'
const board = '/paths/~1board/get'
const parameters = [reference('parameters', 'Square.row'), reference('parameters', 'Square.column')]
const marks = ['/components/schemas/mark', '/components/schemas/winner']

const tictactoe: readonly KnownDifference[] = [
  ...everywhere,
  { at: '/openapi', was: '3.1.0', is: '3.1.1', because: VERSION },
  { at: `${board}/summary`, is: 'Read the board', because: 'left out: of the facts' },
  { at: `${square}/get/summary`, is: 'Read a square', because: 'left out: of the facts' },
  { at: `${square}/put/summary`, is: 'Mark a square', because: 'left out: of the facts' },
  {
    at: `${square}/parameters`,
    was: [reference('parameters', 'rowParam'), reference('parameters', 'columnParam')],
    because: 'wording: each operation refers to its parameters, its path to none',
  },
  {
    at: [`${square}/get/parameters`, `${square}/put/parameters`],
    is: parameters,
    because: 'wording: each operation refers to its parameters, its path to none',
  },
  {
    at: `${square}/get/responses/400/content/text~1html/example`,
    was: '0',
    because: 'wording: examples have names',
  },
  {
    at: `${square}/get/responses/400/content/text~1html/examples`,
    is: { illegalCoordinates: { value: '0' } },
    because: 'wording: examples have names',
  },
  { at: '/components/schemas/coordinate/example', was: 1, because: EXAMPLES },
  { at: '/components/schemas/coordinate/examples', is: [1], because: EXAMPLES },
  { at: marks.map((at) => `${at}/example`), was: '.', because: EXAMPLES },
  { at: marks.map((at) => `${at}/examples`), is: ['.'], because: EXAMPLES },
  {
    at: [board, `${square}/get`, `${square}/put`].map((at) => `${at}/responses/401`),
    is: { description: expect.any(String) },
    because: 'improvement: what is answered to a caller that does not prove itself',
  },
  {
    at: `${square}/put/responses/400/content/application~1problem+json`,
    is: { schema: reference('schemas', 'Problem') },
    because: PROBLEMS,
  },
  { at: `${square}/put/responses/413`, is: response('ContentTooLarge'), because: PROBLEMS },
  { at: `${square}/put/responses/415`, is: response('UnsupportedMediaType'), because: PROBLEMS },
  {
    at: [`${square}/get/responses/422`, `${square}/put/responses/422`],
    is: response('UnprocessableContent'),
    because: PROBLEMS,
  },
  problem,
  problems('BadRequest', 'ContentTooLarge', 'UnprocessableContent', 'UnsupportedMediaType'),
  {
    at: '/components/securitySchemes/basicHttpAuthentication',
    was: { type: 'http', scheme: 'Basic' },
    because: 'out of scope: no operation demands it',
  },
]

const invoices = '/paths/~1invoices/post'
const key = '{$request.query.callback_url}/invoices/{$request.body#/id}'
const notification = `${invoices}/callbacks/invoice_notification/${key.replaceAll('/', '~1')}/post`
const titles = {
  Invoice: ['id', 'title', 'customer', 'total'],
  InvoiceEvent: ['description', 'paid'],
  InvoiceEventReceived: ['ok'],
}
const invalid = {
  description: 'Validation Error',
  content: { 'application/json': { schema: reference('schemas', 'HTTPValidationError') } },
}

const fastapiCallbacks: readonly KnownDifference[] = [
  ...everywhere,
  { at: '/openapi', was: '3.1.0', is: '3.1.1', because: VERSION },
  {
    at: `${invoices}/operationId`,
    was: 'create_invoice_invoices__post',
    is: 'postInvoices',
    because: ID,
  },
  {
    at: `${notification}/operationId`,
    was: 'invoice_notification__callback_url__invoices___request_body_id__post',
    is: 'postInvoices_invoice_notification',
    because: 'improvement: is unique where two operations send the callback',
  },
  {
    at: `${invoices}/parameters/0/required`,
    was: false,
    because: 'wording: the default is not written',
  },
  {
    at: `${invoices}/parameters/0/schema`,
    was: {
      title: 'Callback Url',
      anyOf: [{ type: 'string', format: 'uri', minLength: 1, maxLength: 2083 }, { type: 'null' }],
    },
    is: { type: 'string', format: 'uri', minLength: 1, maxLength: 2083 },
    because: 'improvement: a query string has no null',
  },
  {
    at: [`${invoices}/responses/200/description`, `${notification}/responses/200/description`],
    was: 'Successful Response',
    is: 'OK',
    because: 'wording: what HTTP calls the status',
  },
  {
    at: `${invoices}/responses/200/content/application~1json/schema`,
    was: {},
    is: { type: 'object', properties: { msg: { type: 'string' } }, required: ['msg'] },
    because: 'improvement: FastAPI takes the answer for anything',
  },
  {
    at: `${notification}/responses/422`,
    was: invalid,
    because: "improvement: FastAPI claims that the external developer answers FastAPI's own error",
  },
  { at: `${invoices}/responses/400`, is: response('BadRequest'), because: PROBLEMS },
  { at: `${invoices}/responses/413`, is: response('ContentTooLarge'), because: PROBLEMS },
  { at: `${invoices}/responses/415`, is: response('UnsupportedMediaType'), because: PROBLEMS },
  {
    at: `${invoices}/responses/422`,
    was: invalid,
    is: response('UnprocessableContent'),
    because: 'wording: problem details of RFC 9457 instead of an error of its own',
  },
  {
    at: ['HTTPValidationError', 'ValidationError'].map((name) => `/components/schemas/${name}`),
    was: expect.objectContaining({ type: 'object' }),
    because: 'wording: problem details of RFC 9457 instead of an error of its own',
  },
  problem,
  problems('BadRequest', 'ContentTooLarge', 'UnprocessableContent', 'UnsupportedMediaType'),
  ...Object.entries(titles).flatMap(([schema, members]) =>
    members.map(
      (member): KnownDifference => ({
        at: `/components/schemas/${schema}/properties/${member}/title`,
        was: member.charAt(0).toUpperCase() + member.slice(1),
        because: TITLE,
      }),
    ),
  ),
]

export const knownDifferences = {
  callbackExample,
  linkExample,
  webhookExample,
  tictactoe,
  fastapiCallbacks,
}

export const knownRenames: Partial<Record<keyof typeof knownDifferences, readonly KnownRename[]>> =
  {
    tictactoe: ['row', 'column'].map((name) => ({
      at: `/components/parameters/${name}Param`,
      to: `Square.${name}`,
      because: 'wording: a parameter has the name of its schema and its own',
    })),
    fastapiCallbacks: [
      {
        at: '/paths/~1invoices~1',
        to: '/invoices',
        because: 'wording: both answer; the linters object to a slash at the end',
      },
      {
        at: '/paths/~1invoices/post/callbacks/invoice_notification/{$callback_url}~1invoices~1{$request.body.id}',
        to: key,
        because: 'improvement: the key of the original is no runtime expression',
      },
    ],
  }
