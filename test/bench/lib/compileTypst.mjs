import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import process from 'node:process';

// node compileTypst.mjs <folder where the compiler is installed> <folder of book.typ>: writes book.pdf beside it.

const [tools = '', folder = ''] = process.argv.slice(2);
const { NodeCompiler } = createRequire(path.join(tools, 'package.json'))(
  '@myriaddreamin/typst-ts-node-compiler',
);
const compiler = NodeCompiler.create({ workspace: folder });
writeFileSync(path.join(folder, 'book.pdf'), compiler.pdf({ mainFilePath: path.join(folder, 'book.typ') }));
