import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { personColours } from '#shared/domain/Person.ts';

const css = readFileSync(path.join(import.meta.dirname, '../../../../renderer/styles/tokens.css'), 'utf8');

function tokensOf(scheme: 'light' | 'dark'): Map<string, string> {
  const pairs = css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g);
  return new Map(
    [...pairs].map(([, name = '', light = '', dark = '']) => [name, scheme === 'light' ? light : dark]),
  );
}

function luminance(hex: string): number {
  const channel = (at: number): number => {
    const value = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return value <= 0.040_45 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
}

/** WCAG 2 contrast ratio. */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

describe.each(['light', 'dark'] as const)('the tokens in %s', (scheme) => {
  const tokens = tokensOf(scheme);
  const value = (name: string): string => {
    const found = tokens.get(name);
    if (found === undefined) throw new Error(`no token --${name} in ${scheme}`);
    return found;
  };
  const tooLow = (pairs: readonly (readonly [string, string])[], least: number): string[] =>
    pairs
      .filter(([a, b]) => contrast(value(a), value(b)) < least)
      .map(([a, b]) => `${a} on ${b}: ${contrast(value(a), value(b)).toFixed(2)}`);
  const grounds = ['paper', 'paper-side', 'paper-raised'];

  it('keep 7:1 for what is read', () => {
    expect(
      tooLow(
        [
          ['ink', 'paper'],
          ['ink', 'paper-raised'],
          ['ink', 'paper-side'],
          ['ink-2', 'paper'],
        ],
        7,
      ),
    ).toEqual([]);
  });

  it('keep 4.5:1 for quiet text, acts and meanings', () => {
    const inks = ['ink-3', 'accent', 'accent-strong', 'added', 'removed', 'warning', 'info'];
    expect(
      tooLow(
        inks.flatMap((ink) => grounds.map((ground) => [ink, ground] as const)),
        4.5,
      ),
    ).toEqual([]);
    expect(
      tooLow(
        [
          ['on-accent', 'accent'],
          ['accent-strong', 'accent-soft'],
          ['added', 'added-soft'],
          ['removed', 'removed-soft'],
          ['warning', 'warning-soft'],
          ['info', 'info-soft'],
          ['ink-2', 'paper-hover'],
          ['ink-3', 'paper-hover'],
          ['ink', 'paper-active'],
          ['ink', 'mark'],
        ],
        4.5,
      ),
    ).toEqual([]);
  });

  it('keep 4.5:1 for the twelve hues of people, as text and under the paper’s own colour', () => {
    expect(
      tooLow(
        personColours.flatMap((hue) => grounds.map((ground) => [`person-${hue}`, ground] as const)),
        4.5,
      ),
    ).toEqual([]);
  });

  it('keep 3:1 for the focus', () => {
    expect(
      tooLow(
        grounds.map((ground) => ['focus', ground] as const),
        3,
      ),
    ).toEqual([]);
  });
});
