import { readFile, writeFile } from 'node:fs/promises'
import { valibotMarkdown } from './valibot-markdown.ts'

// run this file with node to write the table into the documentation, then format it
const page = new URL('../../../docs/schemas.md', import.meta.url)
const [before] = (await readFile(page, 'utf8')).split('<!-- valibot -->')
await writeFile(page, `${before}<!-- valibot -->\n\n${valibotMarkdown()}\n\n<!-- /valibot -->\n`)
