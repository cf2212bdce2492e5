import { readFile, writeFile } from 'node:fs/promises'
import { valibotMarkdown } from './valibot-markdown.ts'

// writes the table into the documentation, for the formatter to align; run it with node
const page = new URL('../../../docs/schemas.md', import.meta.url)
const [before] = (await readFile(page, 'utf8')).split('<!-- valibot -->')
await writeFile(page, `${before}<!-- valibot -->\n\n${valibotMarkdown()}\n\n<!-- /valibot -->\n`)
