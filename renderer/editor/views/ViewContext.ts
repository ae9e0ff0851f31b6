import type { Node } from '@tiptap/pm/model';
import type { EditorServices } from '../EditorServices.ts';
import type { NoteTitles } from '../NoteTitles.ts';

/** What the views of nodes need beyond the node. */
export interface ViewContext {
  readonly services: EditorServices;
  readonly titles: NoteTitles;
}

/** Puts the attributes that all blocks share on a view's element. */
export function showBlockAttributes(dom: HTMLElement, node: Node): void {
  const { id, lang } = node.attrs as { id?: unknown; lang?: unknown };
  if (typeof id === 'string') dom.dataset['blockId'] = id;
  else delete dom.dataset['blockId'];
  if (typeof lang === 'string') dom.lang = lang;
  else dom.removeAttribute('lang');
}

/** Makes an element with a class and, perhaps, text. */
export function make<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
  text?: string,
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.className = className;
  if (text !== undefined) element.textContent = text;
  return element;
}

/** Makes a part of a view that holds no text of the note. */
export function makeChrome<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  className: string,
): HTMLElementTagNameMap[K] {
  const element = make(tag, className);
  element.contentEditable = 'false';
  element.dataset['editorPart'] = '';
  return element;
}
