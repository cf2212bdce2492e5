import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { createApi } from '../api.ts'
import { route } from '../builders/route.ts'
import { toYaml } from './to-yaml.ts'

describe('toYaml', () => {
  it('writes blocks, with texts as in JSON', () => {
    const value = {
      openapi: '3.1.1',
      info: { title: 'a: #b', version: '1.0' },
      tags: [{ name: 'no', more: [] }, [1, [true]], null],
      paths: { '/a/{b}': {}, no: -0.5, 'x-y': undefined, '200': 'OK' },
    }
    expect(toYaml(value)).toMatchInlineSnapshot(`
      "openapi: "3.1.1"
      info:
        title: "a: #b"
        version: "1.0"
      tags:
        - name: "no"
          more: []
        - - 1
          - - true
        - null
      paths:
        "200": "OK"
        "/a/{b}": {}
        "no": -0.5
      "
    `)
  })

  it('writes what a parser reads as the same, by YAML 1.2 and 1.1', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()),
          fc.array(fc.jsonValue()),
        ),
        (value) => {
          const json = JSON.parse(JSON.stringify(value))
          for (const version of ['1.2', '1.1'] as const) {
            expect(parse(toYaml(value), { version, uniqueKeys: false })).toEqual(json)
          }
        },
      ),
      { numRuns: 50 },
    )
  })
})

describe('a document at a path that ends in .yaml', () => {
  const ping = route('get', '/ping')
    .response(200, undefined, { description: 'yes: "quoted"\nno' })
    .handle((c) => c.body(null, 200))
  const info = { title: 'Orders', version: '1.0.0' }

  it.each(['/openapi.yaml', '/openapi.yml', '/OPENAPI.YAML'])('is YAML: %s', async (path) => {
    const response = await createApi({ info, document: path }, [ping]).request(path)
    const json = await createApi({ info, document: '/openapi.json' }, [ping]).request(
      '/openapi.json',
    )
    expect(response.headers.get('content-type')).toBe('application/yaml')
    expect(parse(await response.text())).toEqual(await json.json())
  })
})
