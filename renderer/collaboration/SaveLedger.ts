import type { Link, SavingState } from './savingState.ts';

/**
 * Counts the local changes of one open document, and how far each promise about them goes: made in memory, durable on this
 * device, acknowledged by the document's home. `state` is the only source of what the screen says about saving.
 *
 * Changes are numbered from 1 in the order they are made; promises are prefixes ("every change up to n").
 */
export class SaveLedger {
  #made = 0;
  #storedHere = 0;
  #acknowledged = 0;
  #refused = false;
  #link: Link = { kind: 'opening' };

  /** Number of the newest local change; 0 when there is none. */
  get made(): number {
    return this.#made;
  }

  /** Every local change up to this one is durable at the document's home. */
  get acknowledged(): number {
    return this.#acknowledged;
  }

  /** True when the home may lack a local change. */
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

  /** The home said that changes up to `through` are durable there. Ignored once a change was refused: what follows it cannot be whole. */
  acknowledge(through: number): void {
    if (!this.#refused && through <= this.#made) this.#acknowledged = Math.max(this.#acknowledged, through);
  }

  /** The home refused a change: nothing that is still pending will be saved there. */
  refuse(): void {
    this.#refused = true;
  }

  setLink(link: Link): void {
    this.#link = link;
  }

  get state(): SavingState {
    const isHere = this.#storedHere >= this.#made;
    if (this.#refused || this.#link.kind === 'offline') {
      const pending = this.hasPending ? (isHere ? 'here' : 'memory') : 'none';
      return {
        kind: 'offline',
        reason: this.#link.kind === 'offline' ? this.#link.reason : 'refused',
        pending,
      };
    }
    if (!this.hasPending) return this.#link.kind === 'online' ? { kind: 'saved' } : { kind: 'opening' };
    return isHere ? { kind: 'savedHere' } : { kind: 'editing' };
  }
}
