// The page that shows the document, whose script comes from elsewhere.
import { createApi, route } from '@ringback/core'
import { reference } from '@ringback/reference'
import type { RuntimeCase } from './runtime-case.ts'

const ping = route('get', '/ping')
  .response(204)
  .handle((c) => c.body(null, 204))
const info = { title: 'Ping', version: '1' }

export const cases: readonly RuntimeCase[] = [
  {
    name: 'the page',
    async run() {
      const page = reference('/reference', { cdn: 'https://cdn.example/scalar.js' })
      const app = createApi({ info, document: '/openapi.json', reference: page }, [ping])
      const html = await (await app.request('/reference')).text()
      const shown = await (await app.request('/reference/reference.json')).json()
      const { paths } = shown as { paths: object }
      return { script: /<script src="([^"]+)"/.exec(html)?.[1], paths: Object.keys(paths) }
    },
    expected: { script: 'https://cdn.example/scalar.js', paths: ['/ping'] },
  },
]
