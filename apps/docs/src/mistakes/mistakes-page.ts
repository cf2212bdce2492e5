import { fence } from '../fence.ts'
import type { CompiledMistake } from './compile-mistakes.ts'

/** Expressions, and the sentence that the compiler and the builders have for each. */
export type ExpressionMistakes = readonly (readonly [expression: string, sentence: string])[]

/** The page of compile errors: those of the tutorial, and every mistake of an expression that the tests know. */
export function mistakesPage(
  compiled: readonly CompiledMistake[],
  expressions: ExpressionMistakes,
): string {
  return [
    '---\npageClass: compile-errors\n---',
    '# Compile errors',
    'Each of these is one change of the tutorial, and what the compiler prints for it. The texts are written by the compiler when this page is built.',
    ...compiled.flatMap(({ title, file, line, sentences }) => [
      `## ${title}`,
      `In \`${file}\`:`,
      fence('ts', line),
      fence('text', sentences),
    ]),
    '## Expressions',
    'The compiler has these sentences at the name of the callback. In JavaScript, the same sentence is thrown when the module is loaded. The operation declares the path `/tenants/:tenant/invoices`, a query, headers, a body and two responses.',
    [
      '| expression | sentence |',
      '| --- | --- |',
      ...expressions.map(([expression, sentence]) => `| \`${expression}\` | ${sentence} |`),
    ].join('\n'),
    '',
  ].join('\n\n')
}
