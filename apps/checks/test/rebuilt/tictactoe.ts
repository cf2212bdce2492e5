// The specification's game of tic-tac-toe, with our builders.
import {
  anySecurityScheme,
  group,
  namedSchema,
  type SecuritySchemeObject,
  securityScheme,
} from '@ringback/core'
import { document } from '@ringback/core/document'
import { createMiddleware } from 'hono/factory'
import * as v from 'valibot'

const pass = createMiddleware((_, next) => next())
const scheme = (name: string, object: SecuritySchemeObject) => securityScheme(name, object, pass)
const oauth = (name: string, flows: object) =>
  securityScheme(name, { type: 'oauth2', flows }, () => pass)

const tokenUrl = 'https://learn.openapis.org/oauth/2.0/token'
const authorizationUrl = 'https://learn.openapis.org/oauth/2.0/auth'
const read = { 'board:read': 'Read the board' }
const write = { 'board:write': 'Write to the board' }
const defaultApiKey = scheme('defaultApiKey', { type: 'apiKey', name: 'api-key', in: 'header' })
const bearer = scheme('bearerHttpAuthentication', {
  type: 'http',
  scheme: 'Bearer',
  bearerFormat: 'JWT',
})
const app2App = oauth('app2AppOauth', { clientCredentials: { tokenUrl, scopes: read } })
const user2App = oauth('user2AppOauth', {
  authorizationCode: { authorizationUrl, tokenUrl, scopes: { ...read, ...write } },
})

const ErrorMessage = namedSchema('errorMessage', v.pipe(v.string(), v.maxLength(256)))
const Coordinate = namedSchema(
  'coordinate',
  v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(3), v.examples([1])),
)
const Mark = namedSchema('mark', v.pipe(v.picklist(['.', 'X', 'O']), v.examples(['.'])))
const Winner = namedSchema('winner', v.pipe(v.picklist(['.', 'X', 'O']), v.examples(['.'])))
const Board = namedSchema('board', v.pipe(v.array(v.pipe(v.array(Mark), v.length(3))), v.length(3)))
const Status = namedSchema(
  'status',
  v.object({ winner: v.optional(Winner), board: v.optional(Board) }),
)
const Square = namedSchema('Square', v.object({ row: Coordinate, column: Coordinate }))

const game = group({ tags: ['Gameplay'] })

const getBoard = game
  .route('get', '/board')
  .operationId('get-board')
  .summary('Read the board')
  .security(anySecurityScheme(defaultApiKey, app2App.scopes('board:read')))
  .response(200, Status)
  .handle((c) => c.json({}, 200))

const getSquare = game
  .route('get', '/board/:row/:column')
  .operationId('get-square')
  .summary('Read a square')
  .security(anySecurityScheme(bearer, user2App.scopes('board:read')))
  .params(Square)
  .response(200, Mark)
  .responseAs(400, 'text/html', ErrorMessage, { examples: { illegalCoordinates: { value: '0' } } })
  .handle((c) => c.json('.', 200))

const putSquare = game
  .route('put', '/board/:row/:column')
  .operationId('put-square')
  .summary('Mark a square')
  .security(anySecurityScheme(bearer, user2App.scopes('board:write')))
  .params(Square)
  .body(Mark)
  .response(200, Status)
  .responseAs(400, 'text/html', ErrorMessage, {
    examples: {
      illegalCoordinates: { value: '0' },
      notEmpty: { value: 'X' },
      invalidMark: { value: 'Y' },
    },
  })
  .handle((c) => c.json({}, 200))

export const tictactoe = (openapi: '3.1' | '3.2') =>
  document(
    { openapi, info: { title: 'Tic Tac Toe', version: '1.0.0' }, tags: [{ name: 'Gameplay' }] },
    [getBoard, getSquare, putSquare],
  )
