import { useSyncExternalStore } from 'react';

/** One line of a menu that opens while typing. */
export interface SuggestionItem {
  readonly id: string;
  readonly label: string;
  /** Small words at the end of the line: a shortcut. */
  readonly hint?: string;
  /** Items of one group stand together under its name. */
  readonly group?: string;
  readonly choose: () => void;
}

/** A menu that is open beside the caret. */
export interface OpenSuggestions {
  readonly kind: 'slash' | 'noteLink';
  readonly items: readonly SuggestionItem[];
  /** A sentence in place of items. */
  readonly message: string | null;
  /** Index of the item that Enter chooses. */
  readonly active: number;
  readonly rect: () => DOMRect | null;
}

/** The menu that is open, if any; filled by the plugins, drawn by `SuggestionMenu`. */
export class SuggestionStore {
  #open: OpenSuggestions | null = null;
  readonly #listeners = new Set<() => void>();

  readonly get = (): OpenSuggestions | null => this.#open;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Opens a menu or replaces what it shows; the first item becomes the active one when the items are others. */
  show(next: Omit<OpenSuggestions, 'active'>): void {
    const before = this.#open;
    const isSame =
      before?.kind === next.kind &&
      before.items.map((one) => one.id).join() === next.items.map((one) => one.id).join();
    this.#set({ ...next, active: isSame ? before.active : 0 });
  }

  hide(): void {
    if (this.#open) this.#set(null);
  }

  activate(index: number): void {
    if (this.#open) this.#set({ ...this.#open, active: index });
  }

  /** Keys of the menu. @returns true when the key was used. */
  onKey(event: KeyboardEvent): boolean {
    const open = this.#open;
    if (!open || open.items.length === 0) return false;
    const count = open.items.length;
    if (event.key === 'ArrowDown') this.activate((open.active + 1) % count);
    else if (event.key === 'ArrowUp') this.activate((open.active - 1 + count) % count);
    else if (event.key === 'Enter' || event.key === 'Tab') open.items[open.active]?.choose();
    else return false;
    return true;
  }

  #set(open: OpenSuggestions | null): void {
    this.#open = open;
    for (const listener of this.#listeners) listener();
  }
}

/** The open menu, followed. */
export function useSuggestions(store: SuggestionStore): OpenSuggestions | null {
  return useSyncExternalStore(store.subscribe, store.get);
}
