import type { Link, SavingState } from './savingState.ts';

/**
 * How much of what the relay has is at the document's home. `relay`: it is the home. Otherwise it keeps a copy, and the home has local changes up to `through` and all that was
 * in the document before; null: not even that.
 */
export type HomeProgress = 'relay' | { readonly through: number | null };

/** Below the number of every change, and of none. */
const nothing = -1;

/**
 * Counts the local changes of one open document, and how far each promise about them goes: made in memory, durable on this
 * device, acknowledged by the relay, and, where that relay keeps a copy of a document of another, settled at the document's home. `state` is the only source of
 * what the screen says about saving.
 *
 * Changes are numbered from 1 in the order they are made; promises are prefixes ("every change up to n").
 */
export class SaveLedger {
  #made = 0;
  #storedHere = 0;
  #acknowledged = 0;
  /** Null: the relay is the home. `nothing`: the home is not known to have even what was in the document before. */
  #home: number | null = null;
  #refused = false;
  #link: Link = { kind: 'opening' };

  /** Number of the newest local change; 0 when there is none. */
  get made(): number {
    return this.#made;
  }

  /** Every local change up to this one is durable at the relay. */
  get acknowledged(): number {
    return this.#acknowledged;
  }

  /** True when the relay may lack a local change. */
  get hasPending(): boolean {
    return this.#acknowledged < this.#made;
  }

  /** A local change was made. @returns its number. */
  change(): number {
    this.#made += 1;
    return this.#made;
  }

  /** Changes up to `through` are in a completed, strictly durable transaction of this device. Numbers never made are ignored. */
  storedHere(through: number): void {
    if (through <= this.#made) this.#storedHere = Math.max(this.#storedHere, through);
  }

  /** The relay said that changes up to `through` are durable there. Ignored once a change was refused: what follows it cannot be whole. */
  acknowledge(through: number): void {
    if (!this.#refused && through <= this.#made) this.#acknowledged = Math.max(this.#acknowledged, through);
  }

  /** What is known of the home; it may be less than before: another connection knows nothing of what waits from the last one. Numbers never made are ignored. */
  setHome(home: HomeProgress): void {
    if (home === 'relay') this.#home = null;
    else if (home.through === null || home.through <= this.#made) this.#home = home.through ?? nothing;
  }

  /** The relay refused a change: nothing that is still pending will be saved there. */
  refuse(): void {
    this.#refused = true;
  }

  setLink(link: Link): void {
    this.#link = link;
  }

  get state(): SavingState {
    const isHere = this.#storedHere >= this.#made;
    const homeLacks = this.#home !== null && this.#home < this.#made;
    if (this.#refused || this.#link.kind === 'offline') {
      const pending = this.hasPending ? (isHere ? 'here' : 'memory') : homeLacks ? 'here' : 'none';
      return {
        kind: 'offline',
        reason: this.#link.kind === 'offline' ? this.#link.reason : 'refused',
        pending,
      };
    }
    if (!this.hasPending) {
      if (this.#link.kind !== 'online') return { kind: 'opening' };
      return homeLacks ? { kind: 'waiting' } : { kind: 'saved' };
    }
    return isHere ? { kind: 'savedHere' } : { kind: 'editing' };
  }
}
