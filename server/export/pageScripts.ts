import { type PageFormat, pageGeometries, textWidth } from './pageFormat.ts';

/*
 * Expressions for `PrintSession.evaluate`. They are text because they run in the printed page, by whatever means the
 * printer has, and because this folder is compiled without the DOM library.
 */

/** Pictures are printed at this many points an inch at most. */
const dotsPerInch = 220;
/** A picture that is small already keeps its own bytes (a diagram as PNG stays sharp). */
const smallEnoughBytes = 120_000;

/**
 * Waits for fonts and pictures, and turns large pictures into JPEG of the size at which they are printed: as PNG they
 * make the file eight times as heavy (findings, section 4). Value: how many were made smaller.
 * @param weights - bytes of each picture, by the path of its address.
 */
export function preparePictures(format: PageFormat, weights: Readonly<Record<string, number>>): string {
  const widest = Math.round((textWidth(pageGeometries[format]) / 25.4) * dotsPerInch);
  return `(async () => {
    await document.fonts.ready;
    const weights = ${scriptJson(weights)};
    let smaller = 0;
    for (const image of document.images) {
      try { await image.decode(); } catch {
        const missing = document.createElement('p');
        missing.className = 'missing-media';
        missing.textContent = image.alt || '…';
        image.replaceWith(missing);
        continue;
      }
      const path = new URL(image.src).pathname;
      const weight = weights[path] ?? 0;
      const scale = Math.min(1, ${widest} / image.naturalWidth, ${widest * 2} / image.naturalHeight);
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

/** Writes page numbers in the contents and in references by page. Value: how many were written. */
export function writePageNumbers(pages: Readonly<Record<string, number>>): string {
  return `(() => {
    const pages = ${scriptJson(pages)};
    let written = 0;
    for (const element of document.querySelectorAll('.contents-page')) {
      const page = pages[element.dataset.target];
      if (page === undefined) continue;
      element.textContent = String(page);
      written += 1;
    }
    for (const element of document.querySelectorAll('a.cross-reference[data-form="page"]')) {
      const page = pages[element.getAttribute('href').slice(1)];
      if (page === undefined) continue;
      element.textContent = 'page\\u00a0' + page;
      written += 1;
    }
    return written;
  })()`;
}

function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
