import { join } from 'node:path'
import ts from 'typescript-5.9' // TypeScript 7 has no stable API to read declarations with
import { requireBuilt } from './require-built.ts'
import type { Member } from './workspace.ts'

/** A type that an exported declaration names, and that no entry exports. */
export interface UnnamedType {
  readonly name: string
  /** The exported declaration: `@ringback/core Group`. */
  readonly namedBy: string
}

interface Entry {
  /** As users write it: `@ringback/core/document`. */
  readonly specifier: string
  /** The declarations that it is published with. */
  readonly file: string
}

/**
 * Lists the types that exported declarations of packages name, and that no entry of them exports, so that a project
 * can neither write them nor have them written into its own declarations.
 *
 * Two kinds of types need no name: what hangs on a key that begins with `~`, and a generic alias that its own module
 * does not export, since the compiler prints what that stands for.
 *
 * @throws {Error} when a package is not built
 */
export function unnamedTypes(members: readonly Member[]): UnnamedType[] {
  requireBuilt(members)
  const entries = members.flatMap(publishedEntries)
  const program = ts.createProgram({
    rootNames: entries.map(({ file }) => file),
    options: {
      module: ts.ModuleKind.NodeNext,
      target: ts.ScriptTarget.ES2023,
      paths: Object.fromEntries(entries.map(({ specifier, file }) => [specifier, [file]])),
    },
  })
  const checker = program.getTypeChecker()
  const resolve = (symbol: ts.Symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  const exportsOf = (file: string) => {
    const source = program.getSourceFile(file)
    const module = source && checker.getSymbolAtLocation(source)
    return module ? checker.getExportsOfModule(module) : []
  }
  const named = new Set(entries.flatMap(({ file }) => exportsOf(file).map(resolve)))
  const isOurs = (node: ts.Node) =>
    members.some(({ folder }) => node.getSourceFile().fileName.startsWith(join(folder, 'dist')))

  const found = new Map<string, UnnamedType>()
  for (const { specifier, file } of entries) {
    for (const exported of exportsOf(file)) {
      const namedBy = `${specifier} ${exported.name}`
      const seen = new Set<ts.Symbol>()
      const visitDeclarations = (symbol: ts.Symbol) => {
        if (seen.has(symbol)) return
        seen.add(symbol)
        for (const declaration of symbol.declarations ?? []) visit(declaration)
      }
      const visit = (node: ts.Node): void => {
        if (isInternal(node)) return
        const name = nameIn(node)
        const reference = name && checker.getSymbolAtLocation(name)
        if (name && reference) {
          const symbol = resolve(reference)
          const declaration = symbol.declarations?.[0]
          if (declaration && isOurs(declaration) && !named.has(symbol) && isType(symbol)) {
            if (isComputed(declaration, exportsOf)) visitDeclarations(symbol)
            else found.set(`${symbol.name} ${namedBy}`, { name: symbol.name, namedBy })
          }
        }
        for (const child of mentionedIn(node)) visit(child)
      }
      visitDeclarations(resolve(exported))
    }
  }
  return [...found.values()]
}

function publishedEntries({ manifest, folder }: Member): Entry[] {
  const published = manifest.publishConfig?.exports ?? {}
  return Object.entries(published).map(([path, { types }]) => ({
    specifier: join(manifest.name, path),
    file: join(folder, types),
  }))
}

/** Members of builders for internal use. */
function isInternal(node: ts.Node): boolean {
  const { name } = node as Partial<ts.NamedDeclaration>
  return name !== undefined && ts.isStringLiteral(name) && name.text.startsWith('~')
}

/** The parts of a node that a type still has once it is computed: a condition or what is indexed is gone then. */
function mentionedIn(node: ts.Node): readonly ts.Node[] {
  if (ts.isConditionalTypeNode(node)) return [node.trueType, node.falseType]
  if (ts.isIndexedAccessTypeNode(node))
    return isWrittenOut(node.objectType) ? [node.objectType] : []
  if (ts.isTypeOperatorNode(node) && node.operator === ts.SyntaxKind.KeyOfKeyword) return []
  const children: ts.Node[] = []
  ts.forEachChild(node, (child) => void children.push(child))
  return children
}

function isWrittenOut(node: ts.Node): boolean {
  return ts.isMappedTypeNode(node) || ts.isTypeLiteralNode(node)
}

/** The name that a node refers to a type by. */
function nameIn(node: ts.Node): ts.Node | undefined {
  if (ts.isTypeReferenceNode(node)) return node.typeName
  if (ts.isExpressionWithTypeArguments(node)) return node.expression
  if (ts.isTypeQueryNode(node)) return node.exprName
  return ts.isImportTypeNode(node) ? node.qualifier : undefined
}

function isType({ flags }: ts.Symbol): boolean {
  return (flags & ts.SymbolFlags.TypeParameter) === 0
}

/** A generic alias of its own module, of which the compiler prints the result. */
function isComputed(declaration: ts.Node, exportsOf: (file: string) => ts.Symbol[]): boolean {
  if (!ts.isTypeAliasDeclaration(declaration) || !declaration.typeParameters) return false
  const { fileName } = declaration.getSourceFile()
  return !exportsOf(fileName).some(({ name }) => name === declaration.name.text)
}
