import {
  body,
  bulletList,
  heading,
  type Inline,
  noteLink,
  paragraph,
} from '#shared/document/buildContent.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import type { Random } from './random.ts';
import * as words from './words.ts';

function sentence(random: Random): string {
  const parts: string[] = [random.pick(words.who), random.pick(words.does), random.pick(words.how)];
  if (random.chance(0.6)) parts.push(random.pick(words.why));
  const [first = '', second = '', third = '', fourth] = parts;
  return `${first} ${second}, ${third}${fourth === undefined ? '' : `, ${fourth}`}. `;
}

function prose(random: Random, sentences: number): string {
  return Array.from({ length: sentences }, () => sentence(random))
    .join('')
    .trim();
}

/**
 * A body of prose with headings and lists, as people of community organisations write it.
 * @param size - how many sections.
 * @param links - notes that it may link to.
 */
export function sampleBody(random: Random, size: number, links: readonly string[]): BodyNode {
  const blocks: BodyNode[] = [paragraph(prose(random, random.between(2, 5)))];
  for (const title of random.some(words.headings, size)) {
    blocks.push(heading(random.chance(0.7) ? 1 : 2, title));
    for (let count = random.between(1, 3); count > 0; count--) {
      const link = links.length > 0 && random.chance(0.2) ? random.pick(links) : null;
      const pieces: Inline[] = [prose(random, random.between(2, 6))];
      if (link !== null) pieces.push(' Voir aussi ', noteLink(link), '.');
      blocks.push(paragraph(...pieces));
    }
    if (random.chance(0.4))
      blocks.push(bulletList(...Array.from({ length: random.between(2, 6) }, () => sentence(random).trim())));
  }
  return body(...blocks);
}

/** No line of French begins with a colon or a question mark. */
const typeset = (text: string): string => text.replaceAll(/ (?=[:?])/g, '\u00a0');

/** What names things of a place and a subject. */
export function sampleTitle(
  random: Random,
  forms: readonly ((subject: string, place: string) => string)[],
): string {
  return typeset(random.pick(forms)(random.pick(words.subjects), random.pick(words.places)));
}

export function sampleDescription(random: Random): string {
  return prose(random, 2);
}

/** What somebody says in a discussion. */
export function sampleMessage(random: Random): string {
  return random.chance(0.5) ? typeset(random.pick(words.replies)) : sentence(random).trim();
}
