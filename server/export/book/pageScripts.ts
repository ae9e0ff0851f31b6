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

/** Before the id of what stands in another part of a book: an address that leads nowhere, made a place of the book once its parts are one. */
export const elsewhere = 'https://elsewhere.invalid/#';

/** Waits for fonts and pictures. */
export const settlePage = `(async () => {
  await document.fonts.ready;
  for (const image of document.images) await image.decode().catch(() => undefined);
  return null;
})()`;

/** How wide pictures are printed, in pixels: across the text, and across the cover. */
export function picturePixels(page: PageGeometry): { text: number; cover: number } {
  const dots = page.around > 0 ? paperDots : screenDots;
  const pixels = (millimetres: number): number => Math.round((millimetres / 25.4) * dots);
  return { text: pixels(textWidth(page)), cover: pixels(page.width + 2 * page.bleed) };
}

/**
 * Opens a picture, and turns a large one into JPEG of the size at which it is printed: as PNG it makes the file eight times as heavy (findings, section 4). Value: null
 * for what is no picture, '' for one that is well as it is, else the JPEG in base64.
 * @param path - of its address.
 * @param weight - of its file, in bytes.
 * @param widest - that it is printed, in pixels.
 */
export function shrinkPicture(path: string, weight: number, widest: number): string {
  return `(async () => {
    const image = new Image();
    image.src = ${scriptJson(encodeURI(path))};
    // What is in no page has no sides that are turned as the camera was.
    document.body.replaceChildren(image);
    try {
      await image.decode();
      const scale = Math.min(1, ${widest} / image.naturalWidth, ${widest * 2} / image.naturalHeight);
      if (${weight} <= ${smallEnoughBytes} && scale > 0.5) return '';
      const canvas = document.createElement('canvas');
      canvas.width = Math.max(1, Math.round(image.naturalWidth * scale));
      canvas.height = Math.max(1, Math.round(image.naturalHeight * scale));
      const context = canvas.getContext('2d');
      context.fillStyle = '#fff';
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.imageSmoothingQuality = 'high';
      context.drawImage(image, 0, 0, canvas.width, canvas.height);
      const shrunk = canvas.toDataURL('image/jpeg', 0.86).split(',')[1] ?? '';
      canvas.width = 0;
      return shrunk.length * 3 / 4 < ${weight} ? shrunk : '';
    } catch {
      return null;
    } finally {
      document.body.replaceChildren();
    }
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
 * document shows them.
 * @param pages - on which each target stands.
 * @param blanks - ids of what a blank page stands before.
 */
export function writePageNumbers(
  pages: Readonly<Record<string, number>>,
  blanks: readonly string[],
  words: Pick<BookWords, 'page' | 'pageMark'>,
): string {
  return `(() => {
    const pages = ${scriptJson(pages)};
    const blanks = new Set(${scriptJson(blanks)});
    const href = (id) => (document.getElementById(id) ? '#' : ${scriptJson(elsewhere)}) + id;
    for (const element of document.querySelectorAll('[data-recto]')) {
      const section = element.closest('section');
      const before = section.previousElementSibling;
      const hasBlank = before !== null && before.classList.contains('blank-page');
      if (blanks.has(element.id) === hasBlank) continue;
      if (hasBlank) before.remove();
      else {
        const page = document.createElement('div');
        page.className = 'blank-page';
        section.before(page);
      }
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
      const page = pages[element.getAttribute('href').split('#')[1]];
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
        link.href = href(run.id);
        if (run.isMain) link.className = 'index-main';
        link.textContent = run.from === run.to ? String(run.from) : run.from + '–' + run.to;
        return at === 0 ? [link] : [', ', link];
      }));
    }
    return null;
  })()`;
}

function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
