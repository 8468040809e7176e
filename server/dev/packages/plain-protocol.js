/**
 * The types of the wire protocol without the schemas they are derived from: written out, so that who builds pages needs no
 * TypeBox to read them. Numbers and error codes are code, and are copied.
 */
import { cpSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const SCHEMAS = /from ['"]typebox['"]/;

/** @param {string} from compiled @param {string} to */
export function plainProtocol(from, to) {
  mkdirSync(to, { recursive: true });
  const typings = readdirSync(from).filter((file) => file.endsWith('.d.ts'));
  const program = ts.createProgram(
    typings.map((file) => join(from, file)),
    {
      strict: true,
      exactOptionalPropertyTypes: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      moduleResolution: ts.ModuleResolutionKind.NodeNext,
      skipLibCheck: true,
      types: [],
    },
  );
  for (const file of typings) {
    const text = readFileSync(join(from, file), 'utf8');
    const code = file.replace(/\.d\.ts$/, '.js');
    if (!usesSchemas(from, file)) {
      cpSync(join(from, file), join(to, file));
      if (/^export (?!type |interface |\{\})/m.test(text)) cpSync(join(from, code), join(to, code));
    } else writeFileSync(join(to, file), writtenOut(program, join(from, file), text));
  }
}

/** @param {string} from @param {string} file */
const usesSchemas = (from, file) => SCHEMAS.test(readFileSync(join(from, file), 'utf8'));

/** @param {ts.Program} program @param {string} path @param {string} text */
function writtenOut(program, path, text) {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(path);
  if (source === undefined) throw new Error(`${path} was not compiled`);
  const lines = [...text.matchAll(/^export \* from .*$/gm)].map(([line]) => line);
  for (const statement of source.statements) {
    if (!ts.isTypeAliasDeclaration(statement) && !ts.isInterfaceDeclaration(statement)) continue;
    const parameters = statement.typeParameters?.map((parameter) => parameter.getText()).join(', ');
    // What is generic is plain already.
    if (parameters) lines.push(statement.getText());
    else lines.push(`export type ${statement.name.text} = ${print(checker.getTypeAtLocation(statement.name), checker, source)};`);
  }
  return `${lines.join('\n')}\n${lines.length === 0 ? 'export {};\n' : ''}`;
}

/** @param {ts.Type} type @param {ts.TypeChecker} checker @param {ts.SourceFile} source @returns {string} */
function print(type, checker, source) {
  const inner = (/** @type {ts.Type} */ each) => print(each, checker, source);
  const grouped = (/** @type {ts.Type} */ each) => (each.isUnionOrIntersection() ? `(${inner(each)})` : inner(each));
  if (type.flags & ts.TypeFlags.Boolean) return 'boolean';
  if (type.isUnion()) {
    const words = type.types.map(grouped);
    const both = words.includes('true') && words.includes('false');
    return [...(both ? ['boolean'] : []), ...words.filter((word) => !both || !/^(true|false)$/.test(word))].join(' | ');
  }
  if (type.isIntersection()) return type.types.map(grouped).join(' & ');
  if (checker.isTupleType(type))
    return `[${checker
      .getTypeArguments(/** @type {ts.TypeReference} */ (type))
      .map(inner)
      .join(', ')}]`;
  if (checker.isArrayType(type)) {
    const [element = type] = checker.getTypeArguments(/** @type {ts.TypeReference} */ (type));
    return `readonly ${grouped(element)}[]`;
  }
  const plain = !(type.flags & ts.TypeFlags.Object) || type.getCallSignatures().length > 0;
  if (plain)
    return checker.typeToString(type, undefined, ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseFullyQualifiedType);
  const members = checker.getPropertiesOfType(type).map((property) => {
    const optional = property.flags & ts.SymbolFlags.Optional ? '?' : '';
    const name = /^[\w$]+$/.test(property.name) ? property.name : `'${property.name}'`;
    return `${name}${optional}: ${inner(checker.getTypeOfSymbolAtLocation(property, source))}`;
  });
  const indexes = checker
    .getIndexInfosOfType(type)
    .map(({ keyType, type: value }) => `[key: ${inner(keyType)}]: ${inner(value)}`);
  return `{ ${[...indexes, ...members].join('; ')} }`;
}
