import type { Receiving } from './describe-receiving.ts'
import { lines } from './lines.ts'

/** Options of a scaffold. */
export interface ReceiverFilesOptions {
  /** The name of the project. */
  readonly name: string
  /** Where the document was read from. */
  readonly source: string
  /** The version of the packages of Ringback. */
  readonly version: string
}

/** The program that starts a receiver. */
export const SERVER: string = `import { serve } from '@hono/node-server'
import { createReceiver } from './app.ts'

const secret = process.env.CALLBACK_SECRET
if (!secret) throw new Error('CALLBACK_SECRET is not set: ask the API for your secret, whsec_… or whpk_…')

const port = Number(process.env.PORT ?? 9000)
serve({ fetch: createReceiver([secret]).fetch, port }, () => console.log(\`receiving on port \${port}\`))
`

/** The options of its compiler. */
export const TSCONFIG: object = {
  compilerOptions: {
    target: 'ES2024',
    lib: ['ES2024', 'DOM', 'DOM.Iterable'],
    module: 'NodeNext',
    types: ['node'],
    strict: true,
    verbatimModuleSyntax: true,
    allowImportingTsExtensions: true,
    skipLibCheck: true,
    noEmit: true,
  },
  include: ['src', 'test'],
}

/** Gives its package.json. */
export function manifestOf({ name, version }: ReceiverFilesOptions): object {
  return {
    name,
    private: true,
    version: '0.0.0',
    type: 'module',
    engines: { node: '>=22.18' },
    scripts: {
      start: 'node --env-file-if-exists=.env src/server.ts',
      test: 'node --test',
      typecheck: 'tsc',
    },
    dependencies: {
      '@hono/node-server': '^2.1.0',
      '@ringback/core': `^${version}`,
      '@ringback/receiver': `^${version}`,
      hono: '^4.13.0',
      valibot: '^1.5.0',
    },
    devDependencies: {
      '@ringback/signing': `^${version}`,
      '@types/node': '^24.0.0',
      typescript: '>=5.9',
    },
  }
}

/** Writes its README. */
export function writeReadme(
  all: readonly Receiving[],
  { name, source }: ReceiverFilesOptions,
  isSigned: boolean,
): string {
  const rows = all.map(
    ({ outgoing, base, path }) =>
      `| ${outgoing.kind} \`${outgoing.name}\` | \`${outgoing.method.toUpperCase()} ${path}\` | \`https://YOUR-HOST${base}\` |`,
  )
  return lines(
    `# ${name}`,
    '',
    `Receives the callbacks and webhooks of \`${source}\`. Written by \`ringback receiver\`; it is yours to change.`,
    '',
    '```sh',
    'npm install',
    'npm test',
    'cp .env.example .env   # with the secret that the API has given you',
    'npm start',
    '```',
    '',
    '| request | here | URL to give to the API |',
    '| --- | --- | --- |',
    ...rows,
    '',
    'Write what happens in `src/app.ts`. Each request is verified over its bytes, validated with the schemas of the document, and handled once: a duplicate gets the response of the first.',
    ...(isSigned
      ? []
      : [
          '',
          'The document does not say that its requests are signed. This receiver accepts only those that are signed as [Standard Webhooks](https://www.standardwebhooks.com) says: ask the API how it signs.',
        ]),
  )
}
