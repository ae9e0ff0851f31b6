import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import process from 'node:process';
import { parseArgs, promisify } from 'node:util';
import { PDFDocument } from 'pdf-lib';
import { ChromiumPdfPrinter } from '../../server/export/ChromiumPdfPrinter.ts';
import { printBook } from '../../server/export/book/printBook.ts';
import { writeMarkdown } from '../../server/export/markdown/writeMarkdown.ts';
import { findChromium, findInPath } from '../../scripts/findChromium.mjs';
import { sampleCarnet } from '../integration/export/sampleCarnet.ts';
import { toTypst } from './lib/toTypst.mjs';

// What a book costs: the carnet of the tests (pictures, long tables, notes, links).
// Beside it, where they are installed, what people make books of Markdown with: Pandoc and XeLaTeX (apt-get install pandoc texlive-xetex lmodern); and Typst, whose compiler is
// fetched from the registry into a folder of its own.
//   node test/bench/book.mjs [--notes 19,190] [--alone]

const { values } = parseArgs({
  options: { notes: { type: 'string', default: '19,190' }, alone: { type: 'boolean', default: false } },
});
const run = promisify(execFile);
const typst = { name: '@myriaddreamin/typst-ts-node-compiler', version: '0.7.0' };
const executablePath = findChromium();
if (executablePath === null) throw new Error('no Chromium');
const options = { format: 'a5', theme: 'clear', variant: 'screen', numbered: false };

/** Memory of this process and of all below it, in MB, shared pages divided among who share them. */
function memoryMb() {
  const parents = new Map();
  for (const name of readdirSync('/proc'))
    try {
      if (/^\d+$/.test(name))
        parents.set(name, readFileSync(`/proc/${name}/stat`, 'utf8').split(') ')[1].split(' ')[1]);
    } catch {
      // It ended.
    }
  const isOurs = (id) => id !== undefined && (id === String(process.pid) || isOurs(parents.get(id)));
  let kilobytes = 0;
  for (const id of parents.keys())
    try {
      if (isOurs(id))
        kilobytes += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))[1]);
    } catch {
      // It ended.
    }
  return Math.round(kilobytes / 1024);
}

/** Does something and tells how long it took and the most memory that it took while it ran. */
async function measure(act) {
  let most = memoryMb();
  const timer = setInterval(() => (most = Math.max(most, memoryMb())), 1_000);
  const from = performance.now();
  try {
    const result = await act();
    return { result, seconds: (performance.now() - from) / 1000, megabytes: Math.max(most, memoryMb()) };
  } finally {
    clearInterval(timer);
  }
}

/** The same content once its pictures are made: making them is not what is measured. */
async function readyContent(count) {
  const content = sampleCarnet(count);
  const assets = new Map();
  const load = async (id) => {
    if (!assets.has(id)) assets.set(id, await content.loadAttachment(id, new AbortController().signal));
    return assets.get(id);
  };
  for (let at = 0; at < count; at += 1) await load(`image-${at}`);
  return { ...content, loadAttachment: load };
}

/**
 * The same carnet by Pandoc and XeLaTeX, from its folder of Markdown: with contents, links and pictures; without index, lexicon, page references or tags.
 * @returns the seconds and megabytes of `measure`, and its PDF.
 */
async function printWithPandoc(content) {
  const folder = await mkdtemp(path.join(tmpdir(), 'calepin-pandoc-'));
  try {
    const files = [];
    for await (const part of writeMarkdown(content, new AbortController().signal).parts) {
      const file = path.join(folder, part.path);
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, part.bytes);
      if (file.endsWith('.md')) files.push(file);
    }
    const pdf = path.join(folder, 'book.pdf');
    const args = [
      // The last tells of the folder.
      ...files.slice(0, -1),
      '--file-scope',
      '--top-level-division=chapter',
      '--toc',
      '--pdf-engine=xelatex',
      '--variable=documentclass:book',
      '--variable=papersize:a5',
      `--resource-path=${[...new Set(files.map((file) => path.dirname(file)))].join(':')}`,
      `--output=${pdf}`,
    ];
    const measured = await measure(() => run('pandoc', args, { cwd: folder, maxBuffer: 1e8 }));
    return { ...measured, bytes: await readFile(pdf) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Installs Typst's compiler in a folder that is thrown away. @returns the folder, or null where it is not to be had. */
async function installTypst() {
  const folder = await mkdtemp(path.join(tmpdir(), 'calepin-typst-'));
  try {
    await writeFile(path.join(folder, 'package.json'), '{"private":true}');
    const asked = [
      'install',
      '--ignore-scripts',
      '--no-audit',
      '--no-fund',
      `${typst.name}@${typst.version}`,
    ];
    await run('npm', asked, { cwd: folder, timeout: 180_000 });
    return folder;
  } catch {
    await rm(folder, { recursive: true, force: true });
    return null;
  }
}

/**
 * The same carnet by Typst, from a source that is written beforehand: with contents, links, captions, pictures, notes at the foot and tags; without index, lexicon, page references,
 * formulas or running heads.
 */
async function printWithTypst(content, tools) {
  const folder = await mkdtemp(path.join(tmpdir(), 'calepin-typst-book-'));
  try {
    const { source, pictures } = toTypst(content);
    await writeFile(path.join(folder, 'book.typ'), source);
    for (const id of pictures) {
      const { bytes } = await content.loadAttachment(id);
      await writeFile(path.join(folder, `${id}.png`), bytes);
    }
    const script = path.join(import.meta.dirname, 'lib/compileTypst.mjs');
    const measured = await measure(() => run(process.execPath, [script, tools, folder], { maxBuffer: 1e8 }));
    return { ...measured, bytes: await readFile(path.join(folder, 'book.pdf')) };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const tools = values.alone ? null : await installTypst();
for (const count of values.notes.split(',').map(Number)) {
  const content = await readyContent(count);
  const ours = await measure(() =>
    printBook(content, options, new ChromiumPdfPrinter({ executablePath }), new AbortController().signal),
  );
  const tell = (name, pages, { seconds, megabytes }, bytes) =>
    console.log(
      `${count} notes, ${name}: ${pages} pages, ${seconds.toFixed(1)} s, ${megabytes} MB at most, ${(bytes / 1e6).toFixed(1)} MB of PDF`,
    );
  tell(`ours (${ours.result.passes} passes)`, ours.result.pages, ours, ours.result.bytes.length);
  if (values.alone) continue;
  if (tools === null) console.log('Typst: not run (its compiler is not to be had)');
  else {
    const rival = await printWithTypst(content, tools);
    const document = await PDFDocument.load(rival.bytes);
    tell(`Typst (${typst.name} ${typst.version})`, document.getPageCount(), rival, rival.bytes.length);
  }
  if (findInPath('pandoc') === null || findInPath('xelatex') === null) {
    console.log('Pandoc and XeLaTeX: not run (they are not installed)');
    continue;
  }
  const rival = await printWithPandoc(content);
  const document = await PDFDocument.load(rival.bytes);
  tell('Pandoc and XeLaTeX', document.getPageCount(), rival, rival.bytes.length);
}
if (tools !== null) await rm(tools, { recursive: true, force: true });
