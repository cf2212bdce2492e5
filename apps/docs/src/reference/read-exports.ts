import { join } from 'node:path'
import type { Member } from 'checks/src/workspace.ts'
import ts from 'typescript-5.9' // TypeScript 7 has no stable API to read sources with
import { declarationText } from './declaration-text.ts'
import { type DocComment, docComment } from './doc-comment.ts'

/** An entry of a package, such as `@ringback/core/document`. */
export interface Entry {
  readonly member: Member
  /** As users write it. */
  readonly specifier: string
  /** By name, values before types. */
  readonly exports: readonly Export[]
}

/** A name that an entry exports. */
export interface Export {
  readonly name: string
  readonly isType: boolean
  /** Its declaration in TypeScript; each overload of a function. */
  readonly code: string
  readonly comment: DocComment
  /** The names that its declaration refers to, sorted. */
  readonly mentions: readonly string[]
}

const OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.NodeNext,
  target: ts.ScriptTarget.ES2023,
  allowImportingTsExtensions: true,
  noEmit: true,
}

/** Reads what the public entries of packages export, from their sources; entries named `internal` are not public. */
export function readExports(members: readonly Member[]): Entry[] {
  const entries = members.flatMap((member) =>
    Object.entries(member.manifest.exports ?? {})
      .filter(([path]) => path !== './internal')
      .map(([path, source]) => ({
        member,
        specifier: join(member.manifest.name, path),
        file: join(member.folder, String(source)),
      })),
  )
  const program = ts.createProgram({ rootNames: entries.map(({ file }) => file), options: OPTIONS })
  const checker = program.getTypeChecker()

  return entries.map(({ file, member, specifier }) => {
    const source = program.getSourceFile(file)
    const module = source && checker.getSymbolAtLocation(source)
    const symbols = module ? checker.getExportsOfModule(module) : []
    const exports = symbols.map((symbol): Export => {
      const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0
      return describe(symbol.name, isAlias ? checker.getAliasedSymbol(symbol) : symbol)
    })
    const byName = (a: Export, b: Export) =>
      Number(a.isType) - Number(b.isType) || a.name.localeCompare(b.name, 'en')
    return { member, specifier, exports: exports.sort(byName) }
  })
}

function describe(name: string, { flags, declarations = [] }: ts.Symbol): Export {
  const overloads = declarations.filter((one) => ts.isFunctionDeclaration(one) && !one.body)
  const shown = overloads.length > 0 ? overloads : declarations
  return {
    name,
    isType: (flags & ts.SymbolFlags.Value) === 0,
    code: shown.map(declarationText).join('\n\n'),
    comment: docComment(commentOf(declarations)),
    mentions: [...new Set(shown.flatMap(typeNamesIn))].filter((one) => one !== name).sort(),
  }
}

function commentOf(declarations: readonly ts.Declaration[]): string {
  const comments = declarations.flatMap((one) => ts.getJSDocCommentsAndTags(one))
  return comments.find(ts.isJSDoc)?.getText() ?? ''
}

function typeNamesIn(node: ts.Node): string[] {
  const names: string[] = []
  const visit = (child: ts.Node): void => {
    if (ts.isBlock(child)) return
    if (ts.isTypeReferenceNode(child)) names.push(child.typeName.getText())
    if (ts.isExpressionWithTypeArguments(child)) names.push(child.expression.getText())
    ts.forEachChild(child, visit)
  }
  visit(node)
  return names
}
