import * as v from 'valibot'
import { describe, expect, it } from 'vitest'
import { createApi } from '../api.ts'
import { route } from '../builders/route.ts'
import { document } from '../openapi/document.ts'

const info = { title: 'T', version: '1' }
const Note = v.object({ text: v.string() })
const Upload = v.object({
  title: v.string(),
  page: v.optional(v.number()),
  file: v.pipe(v.file(), v.mimeType(['text/plain']), v.maxSize(10)),
  more: v.optional(v.array(v.file())),
})

const anything = route('post', '/notes')
  .body(Note)
  .bodyAs('multipart/form-data', Upload, { limit: 2_000 })
  .bodyAs('text/markdown', v.pipe(v.string(), v.maxLength(20)))
  .bodyAs('image/*', v.instance(Uint8Array))
  .response(200, v.unknown())
  .handle(async (c, { body }) => {
    switch (body.type) {
      case 'application/json':
        return c.json([body.type, body.value.text, c.req.valid('json')?.text ?? null])
      case 'multipart/form-data': {
        const { title, page, file, more } = body.value
        return c.json([title, page ?? null, file.name, await file.text(), more?.length ?? null])
      }
      case 'text/markdown':
        return c.json([body.type, body.value])
      case 'image/*':
        return c.json([body.type, [...body.value], c.req.valid('json') ?? 'no JSON'])
    }
  })

const optional = route('post', '/optional')
  .body(v.optional(Note))
  .response(200, v.unknown())
  .handle((c) => c.json(c.req.valid('json') ?? 'nothing'))

const app = createApi({ info, bodyLimit: 100 }, [anything, optional])

function post(body: RequestInit['body'], type?: string, path = '/notes') {
  const headers: HeadersInit = type === undefined ? {} : { 'content-type': type }
  return app.request(path, { method: 'POST', body: body ?? null, headers })
}

function form(fields: Record<string, string | File | File[]>) {
  const data = new FormData()
  for (const [name, value] of Object.entries(fields)) {
    for (const one of [value].flat()) data.append(name, one)
  }
  return data
}

const file = (text: string, name = 'a.txt', type = 'text/plain') => new File([text], name, { type })

describe('several media types for one operation', () => {
  it.each([
    ['application/json', 'application/json; charset=utf-8', '{"text":"a"}', 'a'],
    ['application/json', 'Application/JSON', '{"text":"a"}', 'a'],
    ['application/json', 'application/vnd.note+json', '{"text":"a"}', 'a'],
  ])('%s is read from %s', async (type, header, body, text) => {
    expect(await (await post(body, header)).json()).toEqual([type, text, text])
  })

  it('reads text and bytes', async () => {
    expect(await (await post('# hi', 'text/markdown')).json()).toEqual(['text/markdown', '# hi'])
    expect(await (await post(new Uint8Array([1, 255]), 'image/png')).json()).toEqual([
      'image/*',
      [1, 255],
      'no JSON',
    ])
  })

  it('reads a form with files', async () => {
    const body = form({ title: 't', page: '2', file: file('hello') })
    expect(await (await post(body)).json()).toEqual(['t', 2, 'a.txt', 'hello', null])
    const many = form({ title: 't', file: file('x'), more: file('1') })
    expect(await (await post(many)).json()).toEqual(['t', null, 'a.txt', 'x', 1])
    const more = form({ title: 't', file: file('x'), more: [file('1'), file('2')] })
    expect(await (await post(more)).json()).toEqual(['t', null, 'a.txt', 'x', 2])
  })

  it.each([
    ['a file that is too large', form({ title: 't', file: file('hello hello') }), '/file'],
    [
      'a file of another type',
      form({ title: 't', file: file('x', 'a.png', 'image/png') }),
      '/file',
    ],
    ['text for a file', form({ title: 't', file: 'hunter2' }), '/file'],
    [
      'a page that is not a number',
      form({ title: 't', page: 'hunter2', file: file('x') }),
      '/page',
    ],
  ])('points at %s', async (_, body, pointer) => {
    const response = await post(body)
    expect(response.status).toBe(422)
    const text = await response.text()
    expect(JSON.parse(text)).toMatchObject({ errors: [{ in: 'body', pointer }] })
    expect(text).not.toContain('hunter2')
  })

  it.each([
    ['another type', 'a,b', 'text/csv', 415, /application\/json or multipart\/form-data or/],
    ['no type', 'a', undefined, 415, undefined],
    ['no body', undefined, undefined, 415, /the body is missing/],
    ['a broken form', 'x', 'multipart/form-data; boundary=b', 400, /multipart form data/],
    ['a form without a boundary', 'x', 'multipart/form-data', 400, /multipart form data/],
    ['broken JSON', '{', 'application/json', 400, /not valid JSON/],
    ['a number that overflows', '{"n":1e400}', 'application/json', 400, /beyond 1.8e308/],
    ['one below zero', '[{"n":-1E+0999}]', 'application/json', 400, /beyond 1.8e308/],
    ['text that is too long', 'a'.repeat(101), 'text/markdown', 413, /100 bytes/],
    ['bytes that are too many', new Uint8Array(101), 'image/png', 413, /100 bytes/],
  ])('answers %s', async (_, body, type, status, detail) => {
    // a string would set a content-type
    const response = await post(
      typeof body === 'string' && type === undefined ? new Uint8Array(3) : body,
      type,
    )
    expect(response.status).toBe(status)
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    if (detail)
      expect(await response.json()).toMatchObject({ detail: expect.stringMatching(detail) })
  })

  it('applies the limit of each media type', async () => {
    const long = 'a'.repeat(1_000)
    const fits = form({ title: long, file: file('x') })
    expect((await post(fits)).status).toBe(200)
    const over = new Response(form({ title: long.repeat(3), file: file('x') }))
    const type = over.headers.get('content-type') ?? ''
    const response = await post(await over.arrayBuffer(), type)
    expect(response.status).toBe(413)
    expect(await response.json()).toMatchObject({ detail: 'the body must not exceed 2000 bytes' })
  })
})

describe('text that is not UTF-8', () => {
  const Text = v.object({ text: v.string() })
  const echo = createApi({ info }, [
    route('post', '/echo')
      .body(Text)
      .bodyAs('application/x-www-form-urlencoded', Text)
      .bodyAs('multipart/form-data', Text)
      .bodyAs('text/plain', v.string())
      .bodyAs('application/octet-stream', v.instance(Uint8Array))
      .response(200, v.unknown())
      .handle((c, { body }) =>
        c.json(body.value instanceof Uint8Array ? [...body.value] : body.value),
      ),
  ])
  const FORM = 'application/x-www-form-urlencoded'
  const bytesOf = (text: string) => Uint8Array.from(text, (one) => one.charCodeAt(0))
  const send = (text: string, type: string, headers: Record<string, string> = {}) =>
    echo.request('/echo', {
      method: 'POST',
      body: bytesOf(text),
      headers: { 'content-type': type, ...headers },
    })
  const part = (text: string) =>
    `--b\r\ncontent-disposition: form-data; name="text"\r\n\r\n${text}\r\n--b--\r\n`

  it.each([
    ['\xE9', 'text/plain; charset=iso-8859-1', 415],
    ['\xE9', 'text/plain;charset="ISO-8859-1"', 415],
    ['{"text":"\xE9"}', 'application/json; charset=latin1', 415],
    ['{"text":"\xE9"}', 'application/vnd.a+json; charset=utf-16', 415],
    ['text=\xE9', `${FORM}; charset=windows-1252`, 415],
    ['\xE9', 'text/plain', 400],
    ['\xE9', 'text/plain; charset=utf-8', 400],
    ['{"text":"\xE9"}', 'application/json', 400],
    ['text=\xE9', FORM, 400],
    ['text=%E9', FORM, 400],
    [part('\xE9'), 'multipart/form-data; boundary=b', 400],
    [part('\xEF\xBF\xBD\xE9'), 'multipart/form-data; boundary=b', 400],
  ])('%j as %s is refused', async (text, type, status) => {
    const response = await send(text, type)
    expect(response.status).toBe(status)
    expect(await response.json()).toMatchObject({ detail: expect.any(String) })
  })

  it.each<[string, string, unknown]>([
    ['\xC3\xA9', 'text/plain; charset="UTF-8"', 'é'],
    ['e', 'text/plain; charset=us-ascii', 'e'],
    ['{"text":"\xC3\xA9"}', 'application/json;charset=utf8', { text: 'é' }],
    ['text=%C3%A9%', FORM, { text: '%C3%A9%' }],
    [part('\xEF\xBF\xBD'), 'multipart/form-data; boundary=b', { text: '\uFFFD' }],
    ['\xE9', 'application/octet-stream; charset=latin1', [0xe9]],
  ])('is not %j as %s', async (text, type, value) => {
    expect(await (await send(text, type)).json()).toEqual(value)
  })

  it.each(['gzip', 'br', 'gzip, identity'])('nor a body in %s', async (coding) => {
    const response = await send('{"text":""}', 'application/json', { 'content-encoding': coding })
    expect(response.status).toBe(415)
    expect(response.headers.get('accept-encoding')).toBe('identity')
    const plain = await send('{"text":""}', 'application/json', { 'content-encoding': 'Identity' })
    expect(plain.status).toBe(200)
  })
})

describe('a media type with parameters or in other case', () => {
  const csv = route('post', '/csv')
    .bodyAs('Text/CSV; charset=utf-8', v.pipe(v.string(), v.maxLength(5)))
    .bodyAs('Application/X-WWW-Form-URLencoded', v.object({ n: v.number() }))
    .responseAs(200, 'Text/CSV; charset=utf-8', v.pipe(v.string(), v.maxLength(5)))
    .handle((c, { body }) => c.body(typeof body.value === 'string' ? body.value : 'too long', 200))
  const csvApp = createApi({ info }, [csv])
  const send = (type: string, body: string) =>
    csvApp.request('/csv', { method: 'POST', headers: { 'content-type': type }, body })

  it.each(['text/csv', 'TEXT/csv;charset=UTF-8', 'text/csv; header=present'])(
    'is declared for %s',
    async (type) => {
      const response = await send(type, 'a,b')
      expect([response.status, await response.text()]).toEqual([200, 'a,b'])
      expect(response.headers.get('content-type')).toBe('Text/CSV; charset=utf-8')
      expect((await send(type, 'a,b,c,d')).status).toBe(422)
    },
  )

  it('has its responses checked, and its forms read', async () => {
    expect((await send('application/x-www-form-urlencoded', 'n=x')).status).toBe(422)
    expect((await send('application/x-www-form-urlencoded', 'n=1')).status).toBe(500)
    expect((await send('text/plain', 'a')).status).toBe(415)
  })

  it('keeps its parameters in the document', () => {
    const { requestBody, responses } = document({ info }, [csv]).paths['/csv']?.post ?? {}
    expect(requestBody).toMatchObject({ content: { 'Text/CSV; charset=utf-8': {} } })
    expect(responses?.[200]).toMatchObject({ content: { 'Text/CSV; charset=utf-8': {} } })
  })

  it('is the same as one without', () => {
    const text = route('post', '/x').bodyAs('text/csv', v.string()).responseAs(200, 'text/csv')
    const code = 'set-twice'
    expect(() => text.bodyAs('Text/CSV; charset=utf-8', v.string())).toThrow(
      expect.objectContaining({ code }),
    )
    expect(() => text.responseAs(200, 'TEXT/CSV')).toThrow(expect.objectContaining({ code }))
    expect(() => text.body(v.string()).bodyAs('Application/JSON', v.string())).toThrow(
      expect.objectContaining({ code }),
    )
  })
})

it('a number of very many digits is refused', async () => {
  const echo = route('post', '/x')
    .body(v.number())
    .response(200, v.number())
    .handle((c) => c.json(c.req.valid('json'), 200))
  const send = (digits: number) =>
    createApi({ info }, [echo]).request('/x', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '9'.repeat(digits),
    })
  expect((await send(300)).status).toBe(200)
  expect((await send(400)).status).toBe(400)
})

it('text that looks like a number that overflows is taken', async () => {
  const given = await post(
    '{"text":"1e400","n":1e300,"small":1e-400}',
    'application/json',
    '/optional',
  )
  expect(await given.json()).toEqual({ text: '1e400' })
})

describe('a form with many fields', () => {
  const Fields = v.objectWithRest({}, v.unknown())
  const fields = route('post', '/fields')
    .bodyAs('multipart/form-data', Fields)
    .bodyAs('application/x-www-form-urlencoded', Fields)
    .response(200, v.number())
    .handle((c, { body }) => c.json(Object.values(body.value).flat().length))
  const forms = createApi({ info, bodyLimit: 10_000_000 }, [fields])

  const send = (body: string, type: string) =>
    forms.request('/fields', { method: 'POST', body, headers: { 'content-type': type } })
  const parts = (count: number, start = '--b') =>
    `${start}\r\ncontent-disposition: form-data; name="a"\r\n\r\nx\r\n`.repeat(count)
  const MULTIPART = 'multipart/form-data; boundary=b'
  const FORM = 'application/x-www-form-urlencoded'

  it.each([
    ['a multipart form', `${parts(1000)}--b--\r\n`, MULTIPART],
    ['a quoted boundary', `${parts(1000)}--b--\r\n`, 'multipart/form-data;Boundary="b"'],
    ['a form', Array(1000).fill('a=1').join('&'), FORM],
    ['a form of names', Array(1000).fill('a').join('&'), FORM],
  ])('has up to 1,000: %s', async (_, body, type) => {
    const response = await send(body, type)
    expect([response.status, await response.json()]).toEqual([200, 1000])
  })

  it.each([
    ['a multipart form', `${parts(1001)}--b--\r\n`, MULTIPART],
    ['a quoted boundary', `${parts(1001)}--b--\r\n`, 'multipart/form-data;Boundary="b"'],
    ['parts without an end', parts(150_000), MULTIPART],
    ['a form', Array(1001).fill('a=1').join('&'), FORM],
    ['a form of names', 'a&'.repeat(2_000_000), FORM],
    ['a form of separators', '&'.repeat(4_000_000), FORM],
  ])('is refused with more: %s', async (_, body, type) => {
    const response = await send(body, type)
    const detail = 'the form must not have more than 1000 fields'
    expect([response.status, await response.json()]).toMatchObject([413, { detail }])
  })

  it.each([
    [
      'the headers of a part are long',
      `--b\r\n${'x: y\r\n'.repeat(4_000)}${parts(1, '')}--b--\r\n`,
      MULTIPART,
    ],
    [
      'its boundary is ambiguous',
      `${parts(1)}--b--\r\n`,
      `multipart/form-data; x="; boundary=c"; boundary=b`,
    ],
    ['it has no boundary', `${parts(1)}--b--\r\n`, 'multipart/form-data'],
  ])('is refused if %s', async (_, body, type) => {
    expect((await send(body, type)).status).toBe(400)
  })
})

describe('an optional body', () => {
  it('can be absent', async () => {
    expect(await (await post(undefined, undefined, '/optional')).json()).toBe('nothing')
    const empty = {
      method: 'POST',
      headers: { 'content-length': '0', 'content-type': 'application/json' },
    }
    expect(await (await app.request('/optional', empty)).json()).toBe('nothing')
  })

  it('is validated if it is present', async () => {
    const given = await post('{"text":"a"}', 'application/json', '/optional')
    expect(await given.json()).toEqual({ text: 'a' })
    expect((await post('{"text":1}', 'application/json', '/optional')).status).toBe(422)
    expect((await post('null', 'application/json', '/optional')).status).toBe(422)
    expect((await post(new Uint8Array(3), undefined, '/optional')).status).toBe(415)
  })
})

describe('a body whose length is known', () => {
  const send = (request: Request) => app.request(request)
  const noteOf = (text: string) => ({
    method: 'POST',
    body: JSON.stringify({ text }),
    headers: { 'content-type': 'application/json', 'content-length': '14' },
  })

  it("is read at once from a server's own class of requests, whose streams are dear", async () => {
    const read: string[] = []
    class ServerRequest extends Request {
      override get body() {
        read.push('body')
        return super.body
      }
      override arrayBuffer() {
        read.push('arrayBuffer')
        return super.arrayBuffer()
      }
    }
    const response = await send(new ServerRequest('http://a.example/notes', noteOf('hi')))
    expect(await response.json()).toEqual(['application/json', 'hi', 'hi'])
    expect(read).toEqual(['arrayBuffer'])
  })

  it('stays readable for the handler, byte by byte', async () => {
    const again = route('post', '/again')
      .body(Note)
      .response(200, v.unknown())
      .handle(async (c) =>
        c.json([
          await c.req.text(),
          await c.req.json(),
          new Uint8Array(await c.req.arrayBuffer())[0],
        ]),
      )
    const response = await createApi({ info }, [again]).request('/again', noteOf('hi'))
    expect(await response.json()).toEqual(['{"text":"hi"}', { text: 'hi' }, 123])
  })

  it('is refused where it is longer than it says, and than the limit', async () => {
    const response = await send(new Request('http://a.example/notes', noteOf('x'.repeat(100))))
    expect(response.status).toBe(413)
  })

  it('is read also in the middle of a larger buffer', async () => {
    const bytes = new TextEncoder().encode('xxx{"text":"hi"}xxx').subarray(3, -3)
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(bytes)
        controller.close()
      },
    })
    const init = { ...noteOf(''), body, duplex: 'half' as const }
    const response = await send(new Request('http://a.example/notes', init))
    expect(await response.json()).toEqual(['application/json', 'hi', 'hi'])
  })
})
