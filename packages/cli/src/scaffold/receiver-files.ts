import type { JsonObject } from '../documents/read-document.ts'
import { describeReceiving, type Receiving } from './describe-receiving.ts'
import { lines } from './lines.ts'
import {
  manifestOf,
  type ReceiverFilesOptions,
  SERVER,
  TSCONFIG,
  writeReadme,
} from './project-files.ts'
import { createSchemaWriter } from './schema-writer.ts'
import { VALIBOT } from './valibot.ts'

/** Makes the files of a project that receives the callbacks and webhooks of a document, by their paths. */
export function receiverFiles(
  document: JsonObject,
  options: ReceiverFilesOptions,
): Record<string, string> {
  const all = describeReceiving(document)
  const writer = createSchemaWriter(document, VALIBOT)
  const callbacks = all.map((one) => writeDefinition(one, writer.write))
  const isSigned = JSON.stringify(document).includes('"webhook-signature"')
  return {
    'package.json': json(manifestOf(options)),
    'tsconfig.json': json(TSCONFIG),
    '.env.example': 'CALLBACK_SECRET=\nPORT=9000\n',
    'src/schemas.ts': lines(
      '// The schemas of the document; ringback receiver has written them.',
      "import * as v from 'valibot'",
      '',
      ...spaced(writer.declarations()),
    ),
    'src/callbacks.ts': lines(
      '// The requests that the API sends; ringback receiver has written them from its document.',
      importOf(all),
      "import * as v from 'valibot'",
      ...importSchemas(writer.declarations(), callbacks.join('\n')),
      '',
      ...spaced(callbacks),
    ),
    'src/app.ts': writeApp(all),
    'src/server.ts': SERVER,
    'test/receiver.test.ts': writeTest(all),
    'README.md': writeReadme(all, options, isSigned),
  }
}

/** The import of the schemas that some code names. */
function importSchemas(declarations: readonly string[], code: string): string[] {
  const names = declarations.flatMap((one) => /^export const (\w+)/.exec(one)?.[1] ?? [])
  const used = names.filter((name) => new RegExp(`\\b${name}\\b`).test(code)).sort()
  return used.length === 0 ? [] : [`import { ${used.join(', ')} } from './schemas.ts'`]
}

function importOf(all: readonly Receiving[]): string {
  const kinds = new Set(all.map(({ outgoing }) => outgoing.kind))
  return `import { ${[...kinds].sort().join(', ')} } from '@ringback/core'`
}

function writeDefinition(
  { name, outgoing, mediaType, body, responses }: Receiving,
  write: (schema: unknown) => string,
): string {
  const { kind, method, key } = outgoing
  const calls = responses.map(({ status, schema }) => {
    const code = /^\d{3}$/.test(status) ? status : `'${status}'`
    return `  .response(${schema === undefined ? code : `${code}, ${write(schema)}`})`
  })
  if (mediaType !== undefined) {
    const [essence = ''] = mediaType.toLowerCase().split(';')
    const isStructured = /json$|x-www-form-urlencoded$/.test(essence)
    const schema = isStructured
      ? write(body)
      : essence.startsWith('text/')
        ? 'v.string()'
        : 'v.instance(Uint8Array)'
    const isPlain = essence === 'application/json'
    calls.unshift(isPlain ? `  .body(${schema})` : `  .bodyAs('${essence}', ${schema})`)
  }
  return `export const ${name} = ${kind}('${method}', ${quote(key)})\n${calls.join('\n')}`
}

function writeApp(all: readonly Receiving[]): string {
  const handlers = all.map(({ name, outgoing, path, response, body }) => {
    const parameters = [
      ...(path.includes(':') ? ['params'] : []),
      ...(body === undefined ? [] : ['payload']),
    ]
    const result =
      response.body === undefined
        ? `{ status: ${response.status} }`
        : `{ status: ${response.status}, body: ${response.body} }`
    return [
      `    .${outgoing.method}(`,
      `      '${path}',`,
      `      receive(${name}, { secrets, seen }).handle((${parameters.length > 0 ? `{ ${parameters.join(', ')} }` : ''}) => {`,
      `        console.log(${[`'${name}'`, ...parameters].join(', ')})`,
      `        return ${result}`,
      '      }),',
      '    )',
    ].join('\n')
  })
  return lines(
    "import { memorySeen, receive } from '@ringback/receiver'",
    "import { Hono } from 'hono'",
    `import { ${all
      .map(({ name }) => name)
      .sort()
      .join(', ')} } from './callbacks.ts'`,
    '',
    '/** Creates the receiver. Each request is verified and validated before its handler runs, and handled once. */',
    'export function createReceiver(secrets: readonly string[]) {',
    '  // for one process; give a store of your own where several run',
    '  const seen = memorySeen()',
    '  return new Hono()',
    ...handlers,
    '}',
  )
}

function writeTest(all: readonly Receiving[]): string {
  const cases = all.map(({ name, outgoing, path, mediaType, samplePayload, response }) => {
    const target = path.replace(/:\w+/g, 'sample')
    const method = outgoing.method.toUpperCase()
    const body = samplePayload === undefined || method === 'GET' ? '' : samplePayload
    return `  { name: '${name}', method: '${method}', path: '${target}', contentType: ${quote(mediaType ?? '')}, body: ${quote(body)}, status: ${response.status} },`
  })
  return lines(
    "import assert from 'node:assert/strict'",
    "import { test } from 'node:test'",
    "import { generateSecret, sign } from '@ringback/signing'",
    "import { createReceiver } from '../src/app.ts'",
    '',
    'const secret = generateSecret()',
    'const app = createReceiver([secret])',
    '',
    '// samples from the document',
    'const samples = [',
    ...cases,
    ']',
    '',
    'for (const { name, method, path, contentType, body, status } of samples) {',
    '  const send = async (id: string, secrets: readonly string[]) => {',
    '    const timestamp = Math.floor(Date.now() / 1000)',
    '    const headers = await sign({ id, timestamp, body, secrets: [...secrets] })',
    "    const type: Record<string, string> = contentType === '' ? {} : { 'content-type': contentType }",
    "    return app.request(path, { method, headers: { ...type, ...headers }, ...(body !== '' && { body }) })",
    '  }',
    '',
    "  test(name + ' is received, once', async () => {",
    "    const first = await send('msg_' + name, [secret])",
    '    assert.equal(first.status, status, await first.clone().text())',
    "    const again = await send('msg_' + name, [secret])",
    '    assert.deepEqual([again.status, await again.text()], [status, await first.text()])',
    '  })',
    '',
    "  test(name + ' is refused without a signature, and with a wrong one', async () => {",
    "    assert.equal((await app.request(path, { method, ...(body !== '' && { body }) })).status, 401)",
    "    assert.equal((await send('msg_2', [generateSecret()])).status, 403)",
    '  })',
    '}',
  )
}

function quote(text: string): string {
  return `'${JSON.stringify(text).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")}'`
}

function json(value: object): string {
  return `${JSON.stringify(value, null, 2)}\n`
}

function spaced(declarations: readonly string[]): string[] {
  return declarations.flatMap((one) => [one, ''])
}
