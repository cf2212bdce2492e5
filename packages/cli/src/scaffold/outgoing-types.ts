import type { JsonObject } from '../documents/read-document.ts'
import { describeReceiving } from './describe-receiving.ts'
import { createSchemaWriter } from './schema-writer.ts'
import { TYPESCRIPT } from './typescript.ts'

/** Writes the types of a document's callbacks and webhooks: payloads, and responses by status. */
export function outgoingTypes(document: JsonObject, source: string): string {
  const writer = createSchemaWriter(document, TYPESCRIPT)
  const kinds = { callback: 'Callbacks', webhook: 'Webhooks' } as const
  const all = describeReceiving(document)
  const interfaces = Object.entries(kinds).flatMap(([kind, name]) => {
    const own = all.filter(({ outgoing }) => outgoing.kind === kind)
    if (own.length === 0) return []
    const members = own.map(({ name: member, outgoing, body, responses }) => {
      const statuses = responses.map(
        ({ status, schema }) =>
          `${/^\d+$/.test(status) ? status : `'${status}'`}: ${schema === undefined ? 'undefined' : writer.write(schema)}`,
      )
      return [
        `  /** ${outgoing.method.toUpperCase()} ${outgoing.key.replaceAll('*/', '* /')} */`,
        `  ${member}: {`,
        `    payload: ${body === undefined ? 'undefined' : writer.write(body)}`,
        `    responses: { ${statuses.join('; ')} }`,
        '  }',
      ].join('\n')
    })
    return [`export interface ${name} {\n${members.join('\n')}\n}`]
  })
  const head = `// The callbacks and webhooks of ${source}, written by ringback types.`
  return `${[head, ...writer.declarations(), ...interfaces].join('\n\n')}\n`
}
