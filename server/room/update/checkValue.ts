import { InvalidContentError } from './InvalidContentError.ts';

/** Names that would reach into JavaScript's own objects. */
const reserved = new Set(['__proto__', 'constructor', 'prototype']);
/** How deep values lie inside one another. */
export const maxValueDepth = 64;

/** @throws InvalidContentError */
export function checkName(name: string): void {
  if (reserved.has(name)) throw new InvalidContentError('a reserved name');
}

/** Checks what JSON gave. @throws InvalidContentError for reserved names and for too much depth. */
export function checkValue(value: unknown, depth = 0): void {
  if (depth > maxValueDepth) throw new InvalidContentError('values are nested too deep');
  if (typeof value !== 'object' || value === null) return;
  for (const [key, inner] of Object.entries(value)) {
    checkName(key);
    checkValue(inner, depth + 1);
  }
}
