import { zipSync } from 'fflate';
import mammoth from 'mammoth';
import { importLimits } from './importLimits.ts';
import type { LossList } from './ImportReport.ts';
import { ZipReader } from './ZipReader.ts';

/** What a document of Word may hold, unpacked. */
const limits = { entries: 5_000, bytes: 128 * 1024 * 1024, entryBytes: 64 * 1024 * 1024 };

/** What styles and runs become: our own documents', and Word's. What is not named is read by mammoth's own list. */
const styles = [
  "p[style-name='Title'] => h1:fresh",
  "p[style-name='Subtitle'] => p:fresh",
  "p[style-name='Calepin – à propos'] => p.public-meta:fresh",
  "p[style-name='Calepin – étiquette'] => p.callout-label:fresh",
  "p[style-name='Calepin – code'] => pre:separator('\\n')",
  "p[style-name='HTML Preformatted'] => pre:separator('\\n')",
  "p[style-name='Quote'] => blockquote > p:fresh",
  "p[style-name='Intense Quote'] => blockquote > p:fresh",
  "p[style-name='Caption'] => p.caption:fresh",
  "p[style-name='caption'] => p.caption:fresh",
  ...Array.from({ length: 9 }, (_, level) => `p[style-name='toc ${level + 1}'] => !`),
  ...['center', 'right', 'justify'].map((align) => `p[style-name='x-${align}'] => p.align-${align}:fresh`),
  'r.CalepinMath => span.x-math',
  'r.CalepinCode => code',
  "br[type='page'] => div.page-break",
  'u => u',
  'highlight => mark',
];

interface WordElement {
  readonly type: string;
  readonly children?: readonly WordElement[];
  readonly styleId?: string | null;
  readonly font?: string | null;
  readonly alignment?: string | null;
}

const alignments: Readonly<Record<string, string>> = {
  center: 'center',
  right: 'right',
  end: 'right',
  both: 'justify',
};

/** Gives code, and paragraphs that are not at the left, a style that the list above knows: mammoth goes by styles alone. */
function styled(element: WordElement): WordElement {
  const children = element.children?.map(styled);
  const same = children === undefined ? element : { ...element, children };
  const style = (name: string): WordElement => ({ ...same, styleId: name, styleName: name }) as WordElement;
  const isPlain = element.styleId === null || element.styleId === undefined || element.styleId === 'Normal';
  if (element.type === 'run' && isPlain && /consolas|courier|mono/i.test(element.font ?? ''))
    return style('CalepinCode');
  const align = alignments[element.alignment ?? ''];
  return element.type === 'paragraph' && isPlain && align !== undefined ? style(`x-${align}`) : same;
}

const xmlText = /<m:t(?:\s[^>]*)?>([^<]*)<\/m:t>/g;

/** Formulas, which mammoth leaves out, as runs of their letters: those that our documents hold are LaTeX; of Word's own the form is lost. */
function withFormulas(xml: string, losses: LossList): string {
  return xml.replaceAll(/<m:oMath(?:\s[^>]*)?>([\s\S]*?)<\/m:oMath>/g, (_, inside: string) => {
    const letters = [...inside.matchAll(xmlText)].map(([, text]) => text ?? '').join('');
    const isOurs = /^\s*<m:r>\s*<m:t(?:\s[^>]*)?>[^<]*<\/m:t>\s*<\/m:r>\s*$/.test(inside);
    if (!isOurs) losses.add('word', 'oMath');
    const style = isOurs ? '<w:rPr><w:rStyle w:val="CalepinMath"/></w:rPr>' : '';
    return `<w:r>${style}<w:t xml:space="preserve">${letters}</w:t></w:r>`;
  });
}

/** The same archive of checked files alone, stored as they are: who reads it next trusts what it says. */
async function checked(bytes: Uint8Array, losses: LossList): Promise<Buffer> {
  const zip = await ZipReader.of(bytes, limits);
  const files: Record<string, Uint8Array> = {};
  for (const { path } of zip.entries) {
    // A list of styles that the document brings for mammoth.
    if (path.startsWith('mammoth/')) continue;
    const file = await zip.read(path);
    const isText = /^word\/(document|footnotes|endnotes)\.xml$/.test(path);
    files[path] = isText
      ? Buffer.from(withFormulas(Buffer.from(file.buffer, file.byteOffset, file.length).toString(), losses))
      : file;
  }
  return Buffer.from(zipSync(files, { level: 0 }));
}

/**
 * A document of Word as HTML, with its pictures in it.
 * @throws AppError `import_unreadable`, `import_too_large`; an error of mammoth for what is no document of Word.
 */
export async function docxToHtml(bytes: Uint8Array, losses: LossList): Promise<string> {
  const { value, messages } = await mammoth.convertToHtml(
    { buffer: await checked(bytes, losses) },
    {
      styleMap: styles,
      includeEmbeddedStyleMap: false,
      externalFileAccess: false,
      transformDocument: styled,
      idPrefix: '',
    },
  );
  for (const { message } of messages) {
    const [, name] = /^An unrecognised element was ignored: (?:.*:|\{.*\})?(\w+)$/.exec(message) ?? [];
    if (name !== undefined) losses.add('word', name);
  }
  return value.length > importLimits.entryBytes * 2 ? '' : value;
}
