import type { PageGeometry } from './pageFormat.ts';
import { textWidth } from './pageFormat.ts';
import type { BookWords } from './bookWords.ts';

/*
 * Expressions for `PrintSession.evaluate`. They are text because they run in the printed page, by whatever means the
 * printer has, and because this folder is compiled without the DOM library.
 */

/** Points an inch at which pictures are printed at most: enough for a screen or an office printer, and for a printing house. */
const screenDots = 220;
const paperDots = 300;
/** A picture that is small already keeps its own bytes (a diagram as PNG stays sharp). */
const smallEnoughBytes = 120_000;

/**
 * Waits for fonts and pictures, and turns large pictures into JPEG of the size at which they are printed: as PNG they
 * make the file eight times as heavy (findings, section 4). Value: how many were made smaller.
 * @param weights - bytes of each picture, by the path of its address.
 */
export function preparePictures(page: PageGeometry, weights: Readonly<Record<string, number>>): string {
  const dots = page.around > 0 ? paperDots : screenDots;
  const pixels = (millimetres: number): number => Math.round((millimetres / 25.4) * dots);
  return `(async () => {
    await document.fonts.ready;
    const weights = ${scriptJson(weights)};
    let smaller = 0;
    for (const image of document.images) {
      const isCover = image.dataset.cover !== undefined;
      try { await image.decode(); } catch {
        if (isCover) { image.parentElement.remove(); continue; }
        const missing = document.createElement('p');
        missing.className = 'missing-media';
        missing.textContent = image.alt || '…';
        image.replaceWith(missing);
        continue;
      }
      const path = new URL(image.src).pathname;
      const weight = weights[path] ?? 0;
      const widest = isCover ? ${pixels(page.width + 2 * page.bleed)} : ${pixels(textWidth(page))};
      const scale = Math.min(1, widest / image.naturalWidth, widest * 2 / image.naturalHeight);
      if (weight <= ${smallEnoughBytes} && scale > 0.5) continue;
      const canvas = document.createElement('canvas');
      canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
      canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
      const context = canvas.getContext('2d');
      context.fillStyle = '#fff';
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.imageSmoothingQuality = 'high';
      context.drawImage(image, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => canvas.toBlob(done, 'image/jpeg', 0.86));
      if (!blob || blob.size >= weight) continue;
      image.src = URL.createObjectURL(blob);
      await image.decode();
      smaller += 1;
    }
    return smaller;
  })()`;
}

/**
 * Makes tables that are wider than the text fit: smaller letters first, then words that break anywhere. What is wider than its page would make Chromium shrink the whole
 * book. Value: how many were changed.
 */
export const fitTables = `(() => {
  let changed = 0;
  for (const table of document.querySelectorAll('table')) {
    const room = table.parentElement.getBoundingClientRect().width + 0.5;
    for (const step of ['fit-1', 'fit-2', 'fit-3', 'fit-4']) {
      if (table.getBoundingClientRect().width <= room) break;
      table.classList.add(step);
      changed += 1;
    }
  }
  return changed;
})()`;

/**
 * Takes away the soft hyphens that break no line: they would stand inside most words of the copied and searched text.
 * The body has the width of the printed text, so lines break as they will in print. Value: how many stay.
 */
export const removeIdleHyphens = `(() => {
  const range = document.createRange();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const text = node.data;
    if (!text.includes('\\u00ad')) continue;
    const keep = [];
    for (let at = text.indexOf('\\u00ad'); at !== -1; at = text.indexOf('\\u00ad', at + 1)) {
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      if (range.getBoundingClientRect().width > 0.01) keep.push(at);
    }
    found.push([node, keep]);
  }
  let kept = 0;
  for (const [node, keep] of found) {
    const stay = new Set(keep);
    kept += keep.length;
    node.data = node.data.split('').filter((unit, at) => unit !== '\\u00ad' || stay.has(at)).join('');
  }
  return kept;
})()`;

/**
 * Lets what must begin on a right page do so, by blank pages before it (Chromium takes `break-before: recto` for `page`), then writes the numbers of pages wherever the
 * book shows them. Value: the numbers that are expected in print, by id.
 * @param pages - on which each target stood in the last print.
 */
export function writePageNumbers(
  pages: Readonly<Record<string, number>>,
  words: Pick<BookWords, 'page' | 'pageMark'>,
): string {
  return `(() => {
    const printed = ${scriptJson(pages)};
    const moves = [];
    let shift = 0;
    for (const element of document.querySelectorAll('[data-recto]')) {
      const at = printed[element.id];
      if (at === undefined) continue;
      const section = element.closest('section');
      const blank = section.previousElementSibling;
      const hasBlank = blank !== null && blank.classList.contains('blank-page');
      if ((at + shift) % 2 === 0) {
        if (hasBlank) { blank.remove(); shift -= 1; }
        else {
          const page = document.createElement('div');
          page.className = 'blank-page';
          section.before(page);
          shift += 1;
        }
      }
      moves.push([at, shift]);
    }
    const pages = {};
    for (const [id, at] of Object.entries(printed)) {
      const move = moves.findLast(([from]) => from <= at);
      pages[id] = at + (move ? move[1] : 0);
    }
    for (const element of document.querySelectorAll('.contents-page')) {
      const page = pages[element.dataset.target];
      if (page !== undefined) element.textContent = String(page);
    }
    for (const element of document.querySelectorAll('.page-ref')) {
      const page = pages[element.dataset.target];
      if (page !== undefined) element.textContent = ' ' + ${scriptJson(words.pageMark('#'))}.replace('#', page);
    }
    for (const element of document.querySelectorAll('a.cross-reference[data-form="page"]')) {
      const page = pages[element.getAttribute('href').slice(1)];
      if (page !== undefined) element.textContent = ${scriptJson(words.page('#'))}.replace('#', page);
    }
    for (const list of document.querySelectorAll('.page-list')) {
      const main = list.dataset.main;
      const runs = [];
      const targets = list.dataset.targets.split(' ')
        .filter((id) => pages[id] !== undefined)
        .sort((a, b) => pages[a] - pages[b]);
      for (const id of targets) {
        const page = pages[id];
        const last = runs.at(-1);
        const isMain = main !== undefined && page === pages[main];
        if (last && last.to === page) continue;
        if (last && last.to + 1 === page && !isMain && !last.isMain) last.to = page;
        else runs.push({ id, from: page, to: page, isMain });
      }
      list.replaceChildren(...runs.flatMap((run, at) => {
        const link = document.createElement('a');
        link.href = '#' + run.id;
        if (run.isMain) link.className = 'index-main';
        link.textContent = run.from === run.to ? String(run.from) : run.from + '–' + run.to;
        return at === 0 ? [link] : [', ', link];
      }));
    }
    return pages;
  })()`;
}

function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
