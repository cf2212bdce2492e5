import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { createApi } from '../api.ts'
import { callback } from '../builders/callback.ts'
import { group } from '../builders/group.ts'
import { route } from '../builders/route.ts'
import { webhook } from '../builders/webhook.ts'
import type { CoreError } from '../definition/errors.ts'
import { namedSchema } from '../definition/schema.ts'
import { document } from '../openapi/document.ts'

const info = { title: 'T', version: '1' }

/** The error that a function throws, which JavaScript can call with anything. */
function thrown(run: () => unknown): CoreError {
  try {
    run()
  } catch (error) {
    return error as CoreError
  }
  throw new Error('nothing was thrown')
}

describe('createApi and document', () => {
  it('list every fault of all operations in one error', () => {
    const ok = (path: string) =>
      route('get', path)
        .operationId(path)
        .response(204)
        .handle((c) => c.body(null, 204))
    const operations = [
      ok('/a'),
      ok('/a/'),
      route('get', '/b/:id')
        .params(v.object({ no: v.string() }))
        .query(v.object({ filter: v.object({}) }))
        .headers(v.string())
        .handle(() => new Response() as never),
      ok('/files/*'),
    ]
    const lines = [
      'GET /a and GET /a/ answer the same requests; keep one of them, or give one another path',
      'GET /b/:id declares no response; add .response(200, …)',
      ".query(…) of GET /b/:id has the member 'filter', whose values no text can spell; declare it as text, and let the schema parse it",
      '.headers(…) of GET /b/:id has a schema that is no object; give it an object with a member for each value, such as v.object({ page: v.number() })',
      ".params(…) of GET /b/:id has the member 'no', which the path lacks; write ':no' in the path, or take the member out",
      "the path '/files/*' has a wildcard, which OpenAPI cannot describe; use a parameter, or hide the operation",
    ]
    const expected = {
      code: 'several',
      message: `6 declarations are at fault:${lines.map((line) => `\n- ${line}`).join('')}`,
    }
    expect(thrown(() => createApi({ info, document: '/d' }, operations))).toMatchObject(expected)
    expect(thrown(() => document({ info }, operations))).toMatchObject(expected)
  })

  it.each([
    ['a builder without .handle', route('get', '/x').response(204), 'GET /x'],
    ['a callback', callback('post', '{$request.body#/u}'), 'the value at index 0'],
    ['a schema', v.string(), 'the value at index 0'],
    ['undefined', undefined, 'the value at index 0'],
  ])('refuse %s among the operations', (_, value, what) => {
    const expected = {
      code: 'option',
      message: `${what} is no operation; end its declaration with .handle((c) => …), which returns one`,
    }
    expect(thrown(() => createApi({ info }, [value as never]))).toMatchObject(expected)
    expect(thrown(() => document({ info }, [value as never]))).toMatchObject(expected)
  })
})

type Untyped = Readonly<Record<'callback' | 'security', (...args: unknown[]) => unknown>>

describe('what JavaScript can write is refused with the remedy:', () => {
  const create = createApi as (...args: unknown[]) => unknown
  const post = route('post', '/x')

  it.each([
    [
      'createApi without operations',
      () => create({ info }),
      'createApi takes a list of operations after its options: createApi({ info }, [createOrder])',
    ],
    ['createApi without info', () => create({}, []), /^createApi needs the option info, such as/],
    [
      'a misspelled option of createApi',
      () => create({ info, docment: '/d' }, []),
      /^createApi has no option 'docment'; its options are info, .*document, reference$/,
    ],
    ['createApi without anything', () => create(), /^createApi needs the option info, such as/],
    ['text as info', () => create({ info: 'Orders' }, []), /^createApi needs the option info/],
    ['a document', () => create({ info, document: true }, []), /^createApi takes as document the/],
    ['no sender', () => create({ info, sender: {} }, []), /^createApi takes as sender one of/],
    [
      'a callback as a webhook',
      () => create({ info, webhooks: [callback('post', 'https://a.example')] }, []),
      /^createApi takes as webhooks a list of webhook\(…\); a callback belongs to an operation/,
    ],
    ['no path', () => route('get', undefined as never), "the path 'undefined' must begin with '/'"],
    [
      'a callback without its name',
      () => (post as unknown as Untyped).callback(callback('post', 'https://a.example')),
      /^the operation POST \/x gives \.callback\(…\) no callback; give it a name and one/,
    ],
    [
      'a plain object as a callback',
      () => (post as unknown as Untyped).callback('c', {}),
      /no cal/,
    ],
    [
      'a plain object as a scheme',
      () => (post as unknown as Untyped).security({ type: 'http', scheme: 'bearer' }),
      /^the operation POST \/x gives \.security\(…\) no scheme; give it one of securityScheme\(/,
    ],
    [
      'the name of a scheme',
      () => callback('post', 'https://a.example').security('bearer' as never),
      /^the callback 'https:\/\/a\.example' gives \.security\(…\) no scheme/,
    ],
    [
      'a plain object as a scheme of a group',
      () => group({ prefix: '/a', security: [{} as never] }),
      /^the group '\/a' gives \.security\(…\) no scheme/,
    ],
    [
      'a delivery without options',
      () => callback('post', 'https://a.example').delivery(undefined as never),
      /declares its delivery with no options: give \{ schedule, deadline, overloadWait \}/,
    ],
    [
      'the arguments of namedSchema in the other order',
      () => namedSchema(v.object({}) as never, 'Order' as never),
      /^namedSchema takes a name and a schema: namedSchema\('Order', /,
    ],
    [
      'a response',
      () => post.response(200, { id: 'string' } as never),
      /a value that is no schema/,
    ],
    [
      'a misspelled option of a group',
      () => group({ prefix: '/a', tag: ['a'] } as object),
      /^the group '\/a' has no option 'tag'; its options are prefix, tags,/,
    ],
    [
      'an options object as the handler',
      () => post.handle({} as never),
      'the operation POST /x gives .handle(…) no function; give it the one that handles requests: .handle((c) => …)',
    ],
    [
      'a method in upper case',
      () => route('GET' as never, '/x'),
      "the path '/x' has the method 'GET'; write one of get, put, post, delete, options, head, patch, trace, in lower case",
    ],
    ['a method that does not exist', () => route('fetch' as never, '/x'), /'fetch'; write one of/],
    [
      'a method of a callback',
      () => callback('POST' as never, '{$request.body#/u}'),
      /^the callback '\{\$request\.body#\/u\}' has the method 'POST'/,
    ],
    [
      'a method of a webhook',
      () => webhook('POST' as never, 'a'),
      /^the webhook 'a' has the method/,
    ],
    [
      'a plain object as a body',
      () => post.body({ id: 'string' } as never),
      /^the operation POST \/x gives \.body\(…\) a value that is no schema; give it one, such as v\.object/,
    ],
    ['nothing as a body', () => post.body(undefined as never), /gives \.body\(…\) a value/],
    ['text as a query', () => post.query('id' as never), /gives \.query\(…\) a value/],
    ['params', () => route('get', '/:a').params({ a: 1 } as never), /gives \.params\(…\) a value/],
    ['headers', () => post.headers({} as never), /gives \.headers\(…\) a value/],
    ['cookies', () => post.cookies(null as never), /gives \.cookies\(…\) a value/],
    [
      'a plain object as another body',
      () => post.bodyAs('text/csv', {} as never),
      /gives \.bodyAs\('text\/csv', …\) a value/,
    ],
    [
      'a plain object as a response',
      () => post.response(200, { ok: true } as never),
      /gives \.response\(200, …\) a value/,
    ],
    [
      'a plain object as the headers of a response',
      () => post.response(204, undefined, { headers: {} as never }),
      /gives \.response\(204, …\) as headers a value/,
    ],
    [
      'a plain object as another response',
      () => post.responseAs(200, 'text/csv', {} as never),
      /gives \.responseAs\(200, …\) a value/,
    ],
    [
      'a plain object as the response of a group',
      () => group({ prefix: '/g', responses: { 404: {} as never } }),
      /^the group '\/g' gives \.response\(404, …\) a value/,
    ],
    [
      'a plain object as the body of a callback',
      () => callback('post', '{$request.body#/u}').body({ paid: true } as never),
      /^the callback '.*' gives \.body\(…\) a value/,
    ],
    [
      'a plain object as the body of a webhook',
      () => webhook('post', 'a').body({} as never),
      /^the webhook 'a' gives \.body\(…\) a value/,
    ],
  ])('%s', (_, run, message) => {
    expect(thrown(run)).toMatchObject({
      name: 'CoreError',
      message: typeof message === 'string' ? message : expect.stringMatching(message),
    })
  })
})

describe('the key of a callback', () => {
  const operation = route('post', '/x').body(v.object({ u: v.string(), host: v.string() }))

  it.each(['/events', 'events', '/events/{$request.body#/u}', 'https{$request.body#/u}'])(
    'is refused if it is no URL: %s',
    (key) => {
      // each of them would be unresolvable at every send
      expect(thrown(() => operation.callback('hook', callback('post', key)))).toMatchObject({
        code: 'expression',
        message: expect.stringMatching(
          /^the callback 'hook' of POST \/x: its key begins with '.*', which is no URL, .* begin it with 'https:\/\/'/,
        ),
      })
    },
  )

  it.each(['//h/x', 'ftp://h/x', 'https:/h'])('is refused by its grammar: %s', (key) => {
    expect(thrown(() => operation.callback('hook', callback('post', key)))).toMatchObject({
      code: 'expression',
    })
  })

  it.each(['https://h/x', 'HTTP://h/x', '{$request.body#/u}/x', 'https://{$request.body#/host}/'])(
    'is taken if it is one: %s',
    (key) => {
      expect(() => operation.callback('hook', callback('post', key))).not.toThrow()
    },
  )
})

describe('callbacks and webhooks', () => {
  const of = 'whose values no text can spell; declare it as text, and let the schema parse it'
  const nested = v.object({ at: v.object({ a: v.string() }) })

  it('are refused at the start for fields that no text can spell, each once', () => {
    const paid = callback('post', 'https://a.example')
      .headers(nested)
      .query(nested)
      .bodyAs('application/x-www-form-urlencoded', nested)
    const { route: routeOf } = group({ callbacks: { paid } })
    const operations = ['/a', '/b'].map((path) =>
      routeOf('get', path).handle(() => new Response() as never),
    )
    const sent = webhook('post', 'sent').query(nested).bodyAs('text/csv', v.number())
    const place = "the callback 'paid' of GET /a"
    const lines = [
      `.query(…) of POST of the webhook 'sent' has the member 'at', ${of}`,
      ".bodyAs('text/csv', …) of POST of the webhook 'sent' has a schema that does not take a string, as which such a body is read; declare one, and let the schema parse it",
      `.headers(…) of ${place} has the member 'at', ${of}`,
      `.query(…) of ${place} has the member 'at', ${of}`,
      `.bodyAs('application/x-www-form-urlencoded', …) of ${place} has the member 'at', ${of}`,
    ]
    expect(thrown(() => createApi({ info, webhooks: [sent] }, operations))).toMatchObject({
      code: 'several',
      message: `5 declarations are at fault:${lines.map((line) => `\n- ${line}`).join('')}`,
    })
  })

  it('takes fields that text can spell', () => {
    const fields = v.object({ n: v.number(), tags: v.optional(v.array(v.string())) })
    const paid = callback('post', 'https://a.example').headers(fields).query(fields)
    const operation = route('get', '/a')
      .callback('paid', paid.bodyAs('image/png', v.instance(Uint8Array)))
      .handle(() => new Response() as never)
    expect(() => createApi({ info }, [operation])).not.toThrow()
  })
})
