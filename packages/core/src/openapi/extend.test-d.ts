import { it } from 'vitest'
import { route } from '../builders/route.ts'
import { document } from './document.ts'

it('takes the fields that nothing else writes', () => {
  document(
    {
      info: { title: 'T', version: '1' },
      extend: {
        $self: 'https://api.example.com/openapi.json',
        jsonSchemaDialect: 'https://spec.openapis.org/oas/3.1/dialect/base',
        paths: {
          '/x': {
            summary: 'X',
            servers: [{ url: 'https://eu.example.com' }],
            parameters: [{ name: 'x', in: 'header', schema: { type: 'string' } }],
            query: { summary: 'Ask' },
            additionalOperations: { LINK: { summary: 'Link' } },
            get: { summary: 'Read' },
          },
        },
        components: { examples: { one: { value: 1 } }, schemas: { Own: { type: 'string' } } },
        'x-mine': true,
      },
    },
    [],
  )
  route('get', '/x').extend({
    responses: {
      200: {
        links: { more: { operationRef: 'https://b.example.com/openapi.json#/x' } },
        content: { 'text/csv': { description: 'Rows', itemEncoding: { contentType: 'a/b' } } },
      },
    },
  })
  // @ts-expect-error - the field is called jsonSchemaDialect
  document({ info: { title: 'T', version: '1' }, extend: { schemaDialect: '' } }, [])
  // @ts-expect-error - a summary is text
  document({ info: { title: 'T', version: '1' }, extend: { paths: { '/x': { summary: 1 } } } }, [])
})
