import { markdownBlocks } from './markdown-blocks.ts'

/** A module that a document's blocks make. */
export interface ReadmeModule {
  readonly file: string
  readonly text: string
  /** Whether it is run, or only compiled. */
  readonly runs: boolean
}

const WORDS = ['continues', 'not-run']
const OTHER_SPELLINGS = ['typescript', 'tsx', 'mts', 'js', 'javascript', 'jsx', 'mjs']
const SERVES = /\b(?:serve|listen)\(/
const FILE_NAME = /^\/\/ (?<file>[\w-]+\.ts)$/

/**
 * Gathers the modules of a document. Every block marked `ts` is one. Its first line may be a comment with its
 * file name, by which other blocks import it. Words after `ts` say more, and no reader sees them:
 *
 * - `continues`: it goes on in the module of the block before;
 * - `not-run`: it is compiled only, since it asks for what is not there.
 *
 * What starts a server is compiled only as well. What is no program is marked `text`. The lines of a module have
 * the numbers that they have in the document.
 *
 * @throws {Error} naming the line, when a block breaks these rules
 */
export function readmeModules(markdown: string): ReadmeModule[] {
  const modules: ReadmeModule[] = []
  for (const { language, words, code, line } of markdownBlocks(markdown)) {
    if (OTHER_SPELLINGS.includes(language)) {
      throw new Error(`line ${line - 1}: mark it 'ts', or 'text' when it is no program`)
    }
    if (language !== 'ts') continue
    const unknown = words.find((word) => !WORDS.includes(word))
    if (unknown) throw new Error(`line ${line - 1}: '${unknown}' is none of ${WORDS.join(', ')}`)

    const before = words.includes('continues') ? modules.pop() : undefined
    if (words.includes('continues') && !before) {
      throw new Error(`line ${line - 1}: there is no block that it could continue`)
    }
    const { file = `line-${line}.ts`, text = '' } =
      before ?? FILE_NAME.exec(code.split('\n')[0] ?? '')?.groups ?? {}
    const lines = text === '' ? [] : text.split('\n')
    const padding = Array.from({ length: line - 1 - lines.length }, () => '')
    modules.push({
      file,
      text: [...lines, ...padding, code].join('\n'),
      runs: (before?.runs ?? true) && !words.includes('not-run') && !SERVES.test(code),
    })
  }
  return modules
}
