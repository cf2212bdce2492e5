// An API each of whose texts tries to run `injected()` on the page that shows it.
import {
  type ApiOptions,
  callback,
  createApi,
  route,
  securityScheme,
  webhook,
} from '@ringback/core'
import { reference } from '@ringback/reference'
import { Hono } from 'hono'
import * as v from 'valibot'

/** All ways at once that we know for a text to become a script; `where` says which text it was. */
export const hostile = (where: string) => {
  const run = `injected('${where}')`
  return [
    where,
    `</script><script>${run}</script>`,
    `</title></style></textarea><script>${run}</script>`,
    `<img src="data:," onerror="${run}">`,
    `<svg onload="${run}"><animate onbegin="${run}" attributeName="x" dur="1s"/></svg>`,
    `<iframe srcdoc="<script>parent.${run}</script>"></iframe>`,
    `<object data="javascript:${run}"></object><embed src="javascript:${run}">`,
    `<form action="javascript:${run}"><button formaction="javascript:${run}">b</button></form>`,
    `<details open ontoggle="${run}"><summary>s</summary></details>`,
    `<a href="javascript:${run}">a</a> <a href="&#106;avascript:${run}">e</a>`,
    `[link](javascript:${run}) [tab](<java\tscript:${run}>) <javascript:${run}>`,
    `[data](data:text/html,<script>parent.${run}</script>) ![image](javascript:${run})`,
    `"' onmouseover="${run}" autofocus onfocus="${run}" x="`,
    `\${${run}} {{constructor.constructor("${run}")()}} \`${run}\``,
    `<base href="https://evil.example/"><meta http-equiv="refresh" content="0;javascript:${run}">`,
    `<!--<script>${run}`,
  ].join(' ')
}

/** The same in Markdown of several lines. */
const markdown = (where: string) =>
  [
    hostile(where),
    `# ${hostile(`${where} heading`)}`,
    `[a]: javascript:injected('${where}')`,
    '[a]',
    `| ${hostile(where)} |\n| - |`,
    `\`\`\`html\n${hostile(where)}\n\`\`\``,
  ].join('\n\n')

/** And what leaves open whatever can be. */
const unclosed = (where: string) => `${markdown(where)}\n\n<div><b><!--\n\n\`\`\`html\n${where}`

const docs = (where: string) => ({
  url: `javascript:injected('${where} docs')`,
  description: hostile(`${where} docs`),
})

const scheme = securityScheme(
  'scheme',
  { type: 'apiKey', in: 'query', name: hostile('key'), description: markdown('scheme') },
  (_, next) => next(),
)

const Thing = v.object({
  [hostile('member')]: v.pipe(
    v.picklist([hostile('enum'), 'b']),
    v.title(hostile('title')),
    v.description(markdown('member description')),
  ),
  example: v.pipe(
    v.optional(v.string(), hostile('default')),
    v.metadata({ examples: [hostile('example')] }),
  ),
})

const happened = callback('post', '{$request.query.to}')
  .summary(hostile('callback summary'))
  .description(unclosed('callback description'))
  .tags(hostile('callback tag'))
  .externalDocs(docs('callback'))
  .security(scheme)
  .body(Thing)
  .response(200, Thing, { description: markdown('callback answer') })

const TAG = hostile('tag')
const provoke = route('post', '/provoke')
  .summary('Provoke')
  .description(markdown('description'))
  .tags(TAG)
  .externalDocs(docs('operation'))
  .security(scheme)
  .query(v.object({ to: v.string(), [hostile('parameter')]: v.optional(v.string()) }))
  .body(Thing)
  .response(200, Thing, { description: markdown('answer') })
  .extend({
    'x-codeSamples': [
      { lang: hostile('sample lang'), label: hostile('sample label'), source: hostile('sample') },
    ],
    'x-code-samples': [{ lang: 'html', source: hostile('html sample') }],
  })
  .callback(hostile('callback'), happened)
  .callback('plain', callback('put', '{$request.query.to}').summary('After it').response(204))
  .handle((c) => c.json(c.req.valid('json'), 200))

const summarized = route('get', '/summarized')
  .summary(hostile('summary'))
  .tags(TAG)
  .response(204)
  .handle((c) => c.body(null, 204))

const hooked = webhook('post', hostile('webhook'))
  .summary('Hooked')
  .description(unclosed('webhook description'))
  .body(Thing)
  .response(204)

/** Mounted where a request, too, has a part in the path of the page. */
export const hostileApi = (options: Partial<ApiOptions> = {}) =>
  new Hono().route(
    '/:tenant',
    createApi(
      {
        info: {
          title: hostile('info title'),
          version: hostile('version'),
          description: unclosed('info description'),
          termsOfService: "javascript:injected('terms')",
          contact: { name: hostile('contact'), url: "javascript:injected('contact')" },
          license: { name: hostile('license'), url: "javascript:injected('license')" },
        },
        tags: [{ name: TAG, description: markdown('tag description'), externalDocs: docs('tag') }],
        externalDocs: docs('document'),
        webhooks: [hooked],
        document: '/openapi.json',
        reference: reference('/reference'),
        ...options,
      },
      [provoke, summarized],
    ),
  )
