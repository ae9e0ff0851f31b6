import type { Attribute, Attributes } from '@tiptap/core';
import { safeHref } from './safeHref.ts';
import { languagePattern } from './vocabulary.ts';

/** One attribute as a TipTap extension declares it; `{}` where the extension below has none of that name. */
export function inherited(attributes: Attributes | object | undefined, key: string): Partial<Attribute> {
  return (attributes as Attributes | undefined)?.[key] ?? {};
}

/** The part of a DOM element that parse rules read: this folder is compiled without the DOM library. */
export interface ParsedElement {
  readonly textContent: string | null;
  getAttribute(name: string): string | null;
  hasAttribute(name: string): boolean;
  querySelector(selector: string): ParsedElement | null;
}

/** Checks one attribute value as ProseMirror's `validate` wants it. @throws RangeError when the value is not allowed. */
export type Validator = (value: unknown) => void;

function refuse(value: unknown, expected: string): never {
  throw new RangeError(`expected ${expected}, got ${typeof value}`);
}

/** Allows one of the given strings. */
export function oneOf(...allowed: readonly string[]): Validator {
  return (value) => {
    if (typeof value !== 'string' || !allowed.includes(value)) refuse(value, `one of ${allowed.join(', ')}`);
  };
}

/** Allows a string of at most `maxLength` UTF-16 units. */
export function textUpTo(maxLength: number): Validator {
  return (value) => {
    if (typeof value !== 'string' || value.length > maxLength)
      refuse(value, `a string of at most ${maxLength}`);
  };
}

/** Allows a string that the pattern matches. */
export function matching(pattern: RegExp, expected: string): Validator {
  return (value) => {
    if (typeof value !== 'string' || !pattern.test(value)) refuse(value, expected);
  };
}

/** Allows a whole number between `min` and `max`, both included. */
export function wholeNumber(min: number, max: number): Validator {
  return (value) => {
    if (typeof value !== 'number' || !Number.isInteger(value) || value < min || value > max) {
      refuse(value, `a whole number from ${min} to ${max}`);
    }
  };
}

/** Allows a finite number between `min` and `max`, both included. */
export function numberBetween(min: number, max: number): Validator {
  return (value) => {
    if (typeof value !== 'number' || !(value >= min && value <= max))
      refuse(value, `a number from ${min} to ${max}`);
  };
}

/** Allows true and false. */
export const flag: Validator = (value) => {
  if (typeof value !== 'boolean') refuse(value, 'true or false');
};

/** Allows what the given validator allows, and null. */
export function nullable(validate: Validator): Validator {
  return (value) => {
    if (value !== null) validate(value);
  };
}

/** Allows the address of a link: https, http, mailto, tel or internal (see `safeHref`). */
export const linkAddress: Validator = (value) => {
  if (typeof value !== 'string' || safeHref(value) === null) refuse(value, 'a safe address');
};

/** Allows an `https:` address of at most 2,048 characters: what a picture from outside may have. */
export const httpsAddress: Validator = (value) => {
  if (typeof value !== 'string' || value.length > 2048 || !/^https:\/\/[^\s"'<>\\]+$/i.test(value)) {
    refuse(value, 'an https address');
  }
};

/** Ids of notes, persons, terms, threads, attachments, blocks and labels; wider than today's 22 characters. */
export const identifier = matching(/^[A-Za-z0-9_-]{1,64}$/, 'an id');
/** A language tag such as `fr`, `fr-CA`, `iu-Cans-CA` (BCP 47). */
export const languageTag = matching(languagePattern, 'a language tag');
/** The name of a colour of the theme (`yellow`, `green`…), never a colour value. */
export const colourName = matching(/^[a-z][a-z0-9-]{0,23}$/, 'the name of a colour');
/** A moment as ISO 8601 text in UTC, for instance `2026-11-22T10:41:00.000Z`. */
export const isoTime = matching(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d{1,3})?Z$/, 'a time');
/** A media type such as `image/jpeg`. */
export const mediaType = matching(
  /^[a-z0-9][a-z0-9!#$&^_.+-]{0,63}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,127}$/i,
  'a media type',
);

/** True when the validator allows the value. */
export function allows(validate: Validator, value: unknown): boolean {
  try {
    validate(value);
    return true;
  } catch {
    return false;
  }
}

/** The attributes of a node or mark type, as its `spec.attrs`. */
export type AttributeSpecs = Readonly<Record<string, { readonly validate?: unknown }>> | undefined;

/**
 * Those attributes that a node or mark type has and allows; the schema's fallback stands for the others. Whoever writes in a note may put
 * anything in its shared document, and ProseMirror throws at a value that is not allowed.
 */
export function allowedAttributes(
  attrs: Readonly<Record<string, unknown>>,
  specs: AttributeSpecs,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(attrs).filter(([name, value]) => {
      const validate = specs && Object.hasOwn(specs, name) ? specs[name]?.validate : undefined;
      return typeof validate === 'function' && value !== undefined && allows(validate as Validator, value);
    }),
  );
}

export interface DataAttributeOptions {
  /** Value of a node that does not carry the attribute; must pass `validate`. */
  readonly fallback: unknown;
  readonly validate: Validator;
  /** Name in HTML; by default `data-` and the key in kebab case. */
  readonly htmlName?: string;
  /** Turns the text found in HTML into a value; the text itself by default. What then fails `validate` gives the fallback. */
  readonly read?: (raw: string) => unknown;
  /** Stays with the first half when the user splits the block; true by default, as in TipTap. */
  readonly keepOnSplit?: boolean;
}

/**
 * An attribute kept in HTML (clipboard, drag) as a `data-` attribute, with nothing trusted on the way back.
 * Every attribute of the schema has a fallback: y-tiptap deletes a node for which an attribute is missing.
 * @param key - the attribute's name in the schema.
 */
export function dataAttribute(key: string, options: DataAttributeOptions): Attribute {
  const { fallback, validate, read, keepOnSplit } = options;
  const name = options.htmlName ?? `data-${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
  return {
    default: fallback,
    validate,
    ...(keepOnSplit === undefined ? {} : { keepOnSplit }),
    parseHTML: (element: ParsedElement) => {
      const raw = element.getAttribute(name);
      if (raw === null) return fallback;
      const value = read ? read(raw) : raw;
      return allows(validate, value) ? value : fallback;
    },
    renderHTML: (attributes: Record<string, unknown>) => {
      const value = attributes[key];
      if (value === null || value === undefined || value === fallback) return {};
      return {
        [name]:
          typeof value === 'object' ? JSON.stringify(value) : String(value as string | number | boolean),
      };
    },
  };
}

/** Reads a number written in HTML, for `DataAttributeOptions.read`. */
export const readNumber = (raw: string): unknown => Number(raw);
/** Reads a boolean written in HTML. */
export const readFlag = (raw: string): unknown => raw === 'true' || raw === '';
/** Reads JSON written in HTML; null when it is not JSON. */
export const readJson = (raw: string): unknown => {
  try {
    return JSON.parse(raw) as unknown;
  } catch {
    return null;
  }
};
