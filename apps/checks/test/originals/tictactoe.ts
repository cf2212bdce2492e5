// The specification's game of tic-tac-toe as facts: no package of npm has it. Summaries and descriptions are left
// out, but for those that OpenAPI demands, which are the phrases of the statuses; so are the words of the examples.
// https://learn.openapis.org/examples/v3.1/tictactoe.html

const reference = (kind: string, name: string) => ({ $ref: `#/components/${kind}/${name}` })
const component = (name: string) => reference('schemas', name)
const answer = (name: string) => ({
  description: 'OK',
  content: { 'application/json': { schema: component(name) } },
})
const wrong = (examples: object) => ({
  description: 'Bad Request',
  content: { 'text/html': { schema: component('errorMessage'), ...examples } },
})
const parameter = (name: string) => ({
  name,
  in: 'path',
  required: true,
  schema: component('coordinate'),
})
const square = { type: 'string', enum: ['.', 'X', 'O'], example: '.' }
const three = (items: object) => ({ type: 'array', minItems: 3, maxItems: 3, items })
const tokenUrl = 'https://learn.openapis.org/oauth/2.0/token'

export const tictactoeOriginal = {
  openapi: '3.1.0',
  info: { title: 'Tic Tac Toe', version: '1.0.0' },
  tags: [{ name: 'Gameplay' }],
  paths: {
    '/board': {
      get: {
        tags: ['Gameplay'],
        operationId: 'get-board',
        responses: { 200: answer('status') },
        security: [{ defaultApiKey: [] }, { app2AppOauth: ['board:read'] }],
      },
    },
    '/board/{row}/{column}': {
      parameters: [reference('parameters', 'rowParam'), reference('parameters', 'columnParam')],
      get: {
        tags: ['Gameplay'],
        operationId: 'get-square',
        responses: { 200: answer('mark'), 400: wrong({ example: '0' }) },
        security: [{ bearerHttpAuthentication: [] }, { user2AppOauth: ['board:read'] }],
      },
      put: {
        tags: ['Gameplay'],
        operationId: 'put-square',
        requestBody: {
          required: true,
          content: { 'application/json': { schema: component('mark') } },
        },
        responses: {
          200: answer('status'),
          400: wrong({
            examples: {
              illegalCoordinates: { value: '0' },
              notEmpty: { value: 'X' },
              invalidMark: { value: 'Y' },
            },
          }),
        },
        security: [{ bearerHttpAuthentication: [] }, { user2AppOauth: ['board:write'] }],
      },
    },
  },
  components: {
    parameters: { rowParam: parameter('row'), columnParam: parameter('column') },
    schemas: {
      errorMessage: { type: 'string', maxLength: 256 },
      coordinate: { type: 'integer', minimum: 1, maximum: 3, example: 1 },
      mark: square,
      board: three(three(component('mark'))),
      winner: square,
      status: {
        type: 'object',
        properties: { winner: component('winner'), board: component('board') },
      },
    },
    securitySchemes: {
      defaultApiKey: { type: 'apiKey', name: 'api-key', in: 'header' },
      basicHttpAuthentication: { type: 'http', scheme: 'Basic' },
      bearerHttpAuthentication: { type: 'http', scheme: 'Bearer', bearerFormat: 'JWT' },
      app2AppOauth: {
        type: 'oauth2',
        flows: { clientCredentials: { tokenUrl, scopes: { 'board:read': 'Read the board' } } },
      },
      user2AppOauth: {
        type: 'oauth2',
        flows: {
          authorizationCode: {
            authorizationUrl: 'https://learn.openapis.org/oauth/2.0/auth',
            tokenUrl,
            scopes: { 'board:read': 'Read the board', 'board:write': 'Write to the board' },
          },
        },
      },
    },
  },
}
