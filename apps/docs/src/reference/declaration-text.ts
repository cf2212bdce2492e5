import ts from 'typescript-5.9' // TypeScript 7 has no stable API to read sources with

/**
 * The text of an exported declaration as its users see it: without `export`, the body of a function, and members for
 * internal use, whose keys begin with `~`.
 */
export function declarationText(node: ts.Declaration): string {
  if (ts.isFunctionDeclaration(node)) return textBetween(node, node.getStart(), bodyOf(node))
  if (ts.isVariableDeclaration(node)) {
    const { type } = node
    if (type) return `const ${node.name.getText()}: ${type.getText()}`
    return fromDeclarations(node, node.name.getText())
  }
  if (ts.isClassDeclaration(node)) return fromDeclarations(node, node.name?.text ?? '')
  return withoutExport(withoutInternals(node))
}

function bodyOf(node: ts.FunctionDeclaration): number {
  return node.body?.getStart() ?? node.end
}

function textBetween(node: ts.Node, start: number, end: number): string {
  return withoutExport(node.getSourceFile().text.slice(start, end).trim())
}

function withoutExport(text: string): string {
  return text.replace(/^export /, '').replace(/^declare /, '')
}

function withoutInternals(node: ts.Declaration): string {
  const start = node.getStart()
  if (!ts.isInterfaceDeclaration(node)) return node.getText()
  return node.members
    .filter(({ name }) => name !== undefined && ts.isStringLiteral(name) && name.text[0] === '~')
    .reduceRight((text, member) => {
      return text.slice(0, member.getFullStart() - start) + text.slice(member.end - start)
    }, node.getText())
}

/** The declaration as the compiler writes it from the source alone, with an indentation of two. */
function fromDeclarations(node: ts.Node, name: string): string {
  const source = node.getSourceFile()
  const { outputText } = ts.transpileDeclaration(source.text, {
    fileName: source.fileName,
    compilerOptions: { target: ts.ScriptTarget.ES2023 },
  })
  const written = ts.createSourceFile('written.d.ts', outputText, ts.ScriptTarget.ES2023, true)
  const statement = written.statements.find((one) => {
    if (ts.isClassDeclaration(one)) return one.name?.text === name
    if (!ts.isVariableStatement(one)) return false
    return one.declarationList.declarations.some((each) => each.name.getText() === name)
  })
  if (statement === undefined) throw new Error(`${source.fileName} declares no '${name}'`)
  return withoutExport(
    statement.getText().replaceAll(/^(?: {4})+/gm, (indent) => indent.slice(indent.length / 2)),
  )
}
