import { readFileSync } from 'node:fs';
import ts from 'typescript';

/** The named interfaces and types of a file, as they stand there, with their comments. */
export function declarations(file: string, names: readonly string[]): string[] {
  const text = readFileSync(file, 'utf8');
  const { statements } = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  return names.map((name) => {
    const found = statements
      .filter((it) => ts.isInterfaceDeclaration(it) || ts.isTypeAliasDeclaration(it))
      .find((it) => it.name.text === name);
    if (!found) throw new Error(`${file} has no type ${name}.`);
    return found.getFullText().trim();
  });
}

/** The names of the members of an interface, in order. */
export function membersOf(file: string, name: string): string[] {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true);
  const found = source.statements.filter(ts.isInterfaceDeclaration).find((it) => it.name.text === name);
  if (!found) throw new Error(`${file} has no interface ${name}.`);
  return found.members.map((member) => member.name!.getText());
}
