import { namesOf } from './valibot-exports.ts'
import { type Row, TABLE } from './valibot-table.ts'

const TITLES = {
  schema: 'Schemas',
  validation: 'Checks',
  transformation: 'Transformations',
  metadata: 'Metadata',
}

const LONG = 60

/** The table as Markdown, a section for each kind. */
export function valibotMarkdown(): string {
  const sections = Object.entries(TABLE).map(([kind, rows]) => {
    const head = ['| valibot | | input | output | |', '| --- | --- | --- | --- | --- |']
    return [`### ${TITLES[kind as keyof typeof TABLE]}`, '', ...head, ...rows.map(line)].join('\n')
  })
  return sections.join('\n\n')
}

function line(row: Row): string {
  const { outcome, note = '', input, output } = row
  const names = namesOf(row).map((name) => `\`${name}\``)
  const isSame = JSON.stringify(input) === JSON.stringify(output)
  return `| ${names.join(', ')} | ${outcome} | ${cell(input)} | ${isSame ? 'the same' : cell(output)} | ${note} |`
}

function cell(json: object | null): string {
  if (json === null) return 'an error'
  const text = JSON.stringify(json, (keyword, value) =>
    keyword === 'pattern' && String(value).length > LONG ? '…' : value,
  )
  return `\`${text.replaceAll('|', '\\|')}\``
}
