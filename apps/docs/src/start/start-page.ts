import { stringify } from 'yaml'
import { fence } from '../fence.ts'
import type { CompiledMistake } from '../mistakes/compile-mistake.ts'
import type { TutorialRun } from './run-tutorial.ts'

/** The parts of the start page. */
export interface StartPageParts {
  readonly description: string
  /** The sources of the tutorial: its API, and its receiver. */
  readonly invoices: string
  readonly external: string
  readonly run: TutorialRun
  readonly mistake: CompiledMistake
}

/** The start page: the tutorial's declaration, and what one run of it gives. */
export function startPage(parts: StartPageParts): string {
  const { description, invoices, external, run, mistake } = parts
  return [
    FRONTMATTER,
    '# Ringback',
    description,
    LINKS,
    '<div class="one-declaration">',
    ...panel('declaration', 'One declaration', [
      fence('ts', cut(invoices, 'const invoiceNotification =', '\n\nconst StoredInvoice')),
    ]),
    '<div class="four-results">',
    ...panel('result', '1. A typed handler', [
      'It reads what the request declares, and sends and returns only what is declared.',
      fence('http', run.exchange),
      `With \`${mistake.wrong}\`, the compiler says:`,
      fence('text', mistake.sentences),
      'More of these are on [a page of their own](../../../docs/compile-errors.md).',
    ]),
    ...panel('result', '2. The OpenAPI document', [
      'The callback stands in its operation, where the external developer reads it.',
      fence('yaml', stringify({ callbacks: callbacksOf(run.document) })),
    ]),
    ...panel('result', '3. The request, as it was sent', [
      'Stored first, then sent and tried again until the receiver has it. Signed as [Standard Webhooks](https://www.standardwebhooks.com) says.',
      fence('http', run.callback),
    ]),
    ...panel('result', '4. A receiver', [
      'The same declaration verifies, validates and types it in the API of the external developer.',
      fence('ts', cut(external, 'receive(invoiceNotification', '\n    .get')),
    ]),
    '</div>',
    '</div>',
    'The request, the response and the callback above are those of one run of [the tutorial](../../../docs/tutorial.md), made when this page was built.',
    '',
  ].join('\n\n')
}

/** No sidebar and no outline; the class is that of the site's style. */
const FRONTMATTER = '---\nsidebar: false\naside: false\npageClass: start\n---'

const LINKS =
  '[Tutorial](../../../docs/tutorial.md) [Packages](../../../docs/packages.md) [Reference](./reference/core.md)'

function panel(kind: string, title: string, content: readonly string[]): string[] {
  return [`<section class="${kind}">`, `## ${title}`, ...content, '</section>']
}

function callbacksOf(document: TutorialRun['document']): unknown {
  const { paths } = document as { paths: Record<string, { post?: { callbacks?: unknown } }> }
  return paths['/invoices']?.post?.callbacks
}

/**
 * Cuts a part out of a source, and its indentation.
 *
 * @throws {Error} when the source has no such part
 */
function cut(source: string, begin: string, end: string): string {
  const start = source.indexOf(begin)
  const stop = source.indexOf(end, start)
  if (start === -1 || stop === -1)
    throw new Error(`the source has no part from '${begin}' to '${end}'`)
  const lines = source
    .slice(start, stop)
    .trimEnd()
    .replace(/,\n\s*\)$/, '')
    .split('\n')
  const rest = lines.slice(1).filter((line) => line !== '')
  const indent = Math.min(...rest.map((line) => line.search(/\S/)))
  return lines.map((line, index) => (index === 0 ? line : line.slice(indent))).join('\n')
}
