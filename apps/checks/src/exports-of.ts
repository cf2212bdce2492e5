import { join } from 'node:path'
import ts from 'typescript-5.9' // TypeScript 7 has no stable API to read sources with
import type { Member } from './workspace.ts'

/** The names that an entry of a package exports, types included. */
export interface EntryExports {
  readonly member: Member
  /** As users write it: `@ringback/core/document`. */
  readonly specifier: string
  readonly names: readonly string[]
  /** Those whose declaration has no doc comment. */
  readonly undocumented: readonly string[]
}

/** Lists what the sources of the packages' public entries export; entries named `internal` are not public. */
export function exportsOf(members: readonly Member[]): EntryExports[] {
  const entries = members.flatMap((member) =>
    Object.entries(member.manifest.exports ?? {})
      .filter(([path]) => path !== './internal')
      .map(([path, source]) => ({
        member,
        specifier: join(member.manifest.name, path),
        file: join(member.folder, String(source)),
      })),
  )
  const program = ts.createProgram({
    rootNames: entries.map(({ file }) => file),
    options: {
      module: ts.ModuleKind.NodeNext,
      target: ts.ScriptTarget.ES2023,
      allowImportingTsExtensions: true,
      noEmit: true,
    },
  })
  const checker = program.getTypeChecker()
  return entries.map(({ file, ...entry }) => {
    const source = program.getSourceFile(file)
    const module = source && checker.getSymbolAtLocation(source)
    const symbols = module ? checker.getExportsOfModule(module) : []
    const isDocumented = (symbol: ts.Symbol) => {
      const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0
      const { declarations = [] } = isAlias ? checker.getAliasedSymbol(symbol) : symbol
      return declarations.some((one) => ts.getJSDocCommentsAndTags(one).length > 0)
    }
    return {
      ...entry,
      names: symbols.map(({ name }) => name),
      undocumented: symbols.filter((one) => !isDocumented(one)).map(({ name }) => name),
    }
  })
}
