import { markdownBlocks } from './markdown-blocks.ts'

/** A module made of the code blocks of a document. */
export interface ReadmeModule {
  readonly file: string
  readonly text: string
  /** Whether it is run, not only compiled. */
  readonly runs: boolean
  /** The state of the document's files that the module belongs to, from 1; see `modulesByState`. */
  readonly state: number
}

const WORDS = ['continues', 'not-run', 'next']
const OTHER_SPELLINGS = ['typescript', 'tsx', 'mts', 'js', 'javascript', 'jsx', 'mjs']
const SERVES = /\b(?:serve|listen)\(/
/** Lines that the site shows in another colour: `{3-5,9}`. */
const HIGHLIGHT = /^\{[\d,-]+\}$/
const FILE_NAME = /^\/\/ (?<file>[\w-]+(?:\.test)?\.ts)$/

/**
 * Collects the modules of a document. Every block marked `ts` is a module. Its first line may be a comment with a file
 * name, by which other blocks import it. Words after `ts`, which are not displayed, have a meaning:
 *
 * - `continues`: the block continues the module of the block before;
 * - `not-run`: the module is only compiled, since it needs services that are not available;
 * - `next`: the block begins the next state of the document's files, as in a tutorial whose file grows;
 * - `{3-5}`: the site shows these lines in another colour.
 *
 * A module that starts a server is only compiled, too. Blocks that are not programs are marked `text`. The lines of a
 * module have the same numbers as in the document.
 *
 * @throws {Error} naming the line, when a block breaks these rules
 */
export function readmeModules(markdown: string): ReadmeModule[] {
  const modules: ReadmeModule[] = []
  for (const { language, words, code, line } of markdownBlocks(markdown)) {
    if (OTHER_SPELLINGS.includes(language)) {
      throw new Error(`line ${line - 1}: mark the block 'ts', or 'text' when it is not a program`)
    }
    if (language !== 'ts') continue
    const unknown = words.find((word) => !WORDS.includes(word) && !HIGHLIGHT.test(word))
    if (unknown)
      throw new Error(`line ${line - 1}: '${unknown}' is unknown: use ${WORDS.join(' or ')}`)

    const before = words.includes('continues') ? modules.pop() : undefined
    if (words.includes('continues') && !before) {
      throw new Error(`line ${line - 1}: no block comes before that this one could continue`)
    }
    const { file = `line-${line}.ts`, text = '' } =
      before ?? FILE_NAME.exec(code.split('\n')[0] ?? '')?.groups ?? {}
    const last = modules.at(-1)?.state ?? 1
    const state = before?.state ?? (words.includes('next') ? last + 1 : last)
    const lines = text === '' ? [] : text.split('\n')
    const padding = Array.from({ length: line - 1 - lines.length }, () => '')
    modules.push({
      file,
      state,
      text: [...lines, ...padding, code].join('\n'),
      runs: (before?.runs ?? true) && !words.includes('not-run') && !SERVES.test(code),
    })
  }
  return modules
}

/**
 * Lists the modules of a document by state. In each state, a file that the state does not have is as it was before,
 * and runs no more.
 */
export function modulesByState(modules: readonly ReadmeModule[]): ReadmeModule[][] {
  const states: ReadmeModule[][] = []
  for (const { state } of modules) {
    if (states.length === state) continue
    const own = modules.filter((one) => one.state === state)
    const kept = (states.at(-1) ?? [])
      .filter(({ file }) => !own.some((one) => one.file === file))
      .map((one) => ({ ...one, runs: false, state }))
    states.push([...kept, ...own])
  }
  return states
}
