import { readFileSync, readdirSync } from 'node:fs';
import { join, posix } from 'node:path';
import ts from 'typescript';

/** A TypeScript file of the project, for the tests of its structure. */
export class SourceFile {
  readonly path: string;
  readonly text: string;

  constructor(path: string) {
    this.path = path;
    this.text = readFileSync(path, 'utf8');
  }

  get lines(): string[] {
    return this.text.trimEnd().split('\n');
  }

  /** All imports, type-only ones included: files of the project by path, packages by name. */
  get imports(): string[] {
    return ts
      .preProcessFile(this.text, true, true)
      .importedFiles.map(({ fileName }) =>
        fileName.startsWith('.') ? posix.join(posix.dirname(this.path), fileName).replace(/\.js$/, '.ts') : fileName,
      );
  }

  /** The names it uses as values and does not declare itself, such as `fetch` in `fetch(url)`. */
  get names(): Set<string> {
    const names = new Set<string>();
    const own = new Set<string>();
    const globals = new Set<string>();
    const visit = (node: ts.Node): void => {
      if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
      if (ts.isPropertyAccessExpression(node)) {
        visit(node.expression);
        // window.fetch uses the same global as fetch.
        if (ts.isIdentifier(node.expression) && /^(globalThis|window|self)$/.test(node.expression.text))
          globals.add(node.name.text);
        return;
      }
      if (ts.isIdentifier(node)) (isDeclared(node) ? own : isKey(node) ? new Set() : names).add(node.text);
      ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(this.path, this.text, ts.ScriptTarget.ESNext, true));
    return new Set([...[...names].filter((name) => !own.has(name)), ...globals]);
  }
}

export function sourceFiles(folder: string): SourceFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => new SourceFile(join(folder, file).replaceAll('\\', '/')))
    .sort((a, b) => a.path.localeCompare(b.path));
}

/** Whether this is the name in the declaration of a variable, parameter or function. */
function isDeclared(node: ts.Identifier): boolean {
  const { parent } = node;
  const declaration =
    ts.isVariableDeclaration(parent) ||
    ts.isParameter(parent) ||
    ts.isFunctionDeclaration(parent) ||
    ts.isBindingElement(parent);
  return declaration && parent.name === node;
}

/** Whether this is the name of a property or method. */
function isKey(node: ts.Identifier): boolean {
  const { parent } = node;
  const member =
    ts.isPropertyAssignment(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isGetAccessor(parent) ||
    ts.isSetAccessor(parent);
  return (member && parent.name === node) || (ts.isBindingElement(parent) && parent.propertyName === node);
}
