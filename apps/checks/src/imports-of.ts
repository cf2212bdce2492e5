import ts from 'typescript-5.9' // TypeScript 7 has no stable API to parse with

/** One place where a file names another module. */
export interface ModuleReference {
  /** `undefined` where it is computed at run time. */
  readonly specifier: string | undefined
  /** Whether it is gone from the JavaScript. */
  readonly isTypeOnly: boolean
  /** Whether it is loaded when the code runs into it, and not before. */
  readonly isLazy: boolean
  /** Whether it is `export * from`, which hides what is exported. */
  readonly isExportAll: boolean
  readonly line: number
}

/**
 * Lists every module that a source file names: imports and re-exports, static, dynamic and of types alone,
 * `require`, module augmentations and triple-slash references.
 *
 * @example
 * importsOf("import type { Hono } from 'hono'")
 * // [{ specifier: 'hono', isTypeOnly: true, isExportAll: false, line: 1 }]
 */
export function importsOf(text: string): ModuleReference[] {
  const file = ts.createSourceFile('source.ts', text, ts.ScriptTarget.Latest)
  const found: ModuleReference[] = []
  const add = (specifier: ts.Node | undefined, position: number, kind: Partial<ModuleReference>) =>
    found.push({
      specifier: specifier && ts.isStringLiteralLike(specifier) ? specifier.text : undefined,
      isTypeOnly: false,
      isLazy: false,
      isExportAll: false,
      line: file.getLineAndCharacterOfPosition(position).line + 1,
      ...kind,
    })

  for (const { fileName, pos } of [...file.typeReferenceDirectives, ...file.referencedFiles]) {
    add(ts.factory.createStringLiteral(fileName), pos, { isTypeOnly: true })
  }

  const visit = (node: ts.Node): void => {
    const start = node.getStart(file)
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, start, { isTypeOnly: importsTypesOnly(node.importClause) })
    } else if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
      const isExportAll = node.exportClause === undefined
      add(node.moduleSpecifier, start, { isTypeOnly: exportsTypesOnly(node), isExportAll })
    } else if (ts.isImportTypeNode(node)) {
      const argument = ts.isLiteralTypeNode(node.argument) ? node.argument.literal : undefined
      add(argument, start, { isTypeOnly: true })
    } else if (ts.isImportEqualsDeclaration(node)) {
      const { moduleReference: reference, isTypeOnly } = node
      if (ts.isExternalModuleReference(reference)) add(reference.expression, start, { isTypeOnly })
    } else if (ts.isModuleDeclaration(node) && ts.isStringLiteral(node.name)) {
      add(node.name, start, { isTypeOnly: true })
    } else if (ts.isCallExpression(node) && loadsModule(node.expression)) {
      add(node.arguments[0], start, { isLazy: true })
    }
    ts.forEachChild(node, visit)
  }
  visit(file)
  return found
}

/** `import type { A }`, and `import { type A }`; a bare `import 'x'` runs the module. */
function importsTypesOnly(clause: ts.ImportClause | undefined): boolean {
  if (clause === undefined) return false
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  const { name, namedBindings } = clause
  if (name || namedBindings === undefined || !ts.isNamedImports(namedBindings)) return false
  return namedBindings.elements.length > 0 && namedBindings.elements.every((one) => one.isTypeOnly)
}

function exportsTypesOnly({ isTypeOnly, exportClause }: ts.ExportDeclaration): boolean {
  if (isTypeOnly) return true
  if (exportClause === undefined || !ts.isNamedExports(exportClause)) return false
  return exportClause.elements.length > 0 && exportClause.elements.every((one) => one.isTypeOnly)
}

function loadsModule(callee: ts.Expression): boolean {
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true
  return ts.isIdentifier(callee) && callee.text === 'require'
}
