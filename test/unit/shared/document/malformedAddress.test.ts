import { expect, test } from 'vitest';
import * as build from '#shared/document/buildContent.ts';
import { extractMalformedAddresses, isMalformedAddress } from '#shared/document/malformedAddress.ts';

test.each([
  ['https://exemple.org', false],
  ['http://exemple.org:8080/a?b=c#d', false],
  ['https://écoquartier.québec/accueil', false],
  ['https://127.0.0.1:3000', false],
  ['http://localhost:5173/', false],
  ['mailto:info@exemple.org', false],
  ['mailto:info@exemple.org,autre@exemple.org?subject=Bonjour', false],
  ['tel:+14185550123', false],
  ['#une-section', false],
  ['/notes/a', false],
  ['', true],
  ['#', true],
  ['exemple.org', true],
  ['https://', true],
  ['https://exemple', true],
  ['https://exemple,org', true],
  ['https://exemple..org', true],
  ['https://https://exemple.org', true],
  ['http://http//exemple.org', true],
  ['https://exemple .org', true],
  ['mailto:info', true],
  ['mailto:%E0%A4%A', true],
  ['javascript:alert(1)', true],
  [null, true],
])('%j is malformed: %s', (href, is) => {
  expect(isMalformedAddress(href)).toBe(is);
});

test('of a body, each malformed address once, in order', () => {
  const body = build.body(
    build.paragraph(build.link('https://exemple', 'un'), ' ', build.link('https://exemple.org', 'bon')),
    build.blockquote(build.paragraph(build.link('mailto:x', 'deux'), build.link('https://exemple', 'trois'))),
  );
  expect(extractMalformedAddresses(body)).toEqual(['https://exemple', 'mailto:x']);
});
