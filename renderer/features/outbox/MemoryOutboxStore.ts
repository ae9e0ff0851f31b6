import type { MessageId } from '#shared/domain/ids.ts';
import type { OutboxStore, WaitingWords } from './WaitingWords.ts';

/** Messages that wait, as long as the window is open: where the browser keeps nothing. */
export class MemoryOutboxStore implements OutboxStore {
  readonly #words = new Map<MessageId, WaitingWords>();

  async list(): Promise<WaitingWords[]> {
    return [...this.#words.values()].sort((a, b) => a.writtenAt - b.writtenAt);
  }

  async put(words: WaitingWords): Promise<void> {
    this.#words.set(words.id, words);
  }

  async remove(id: MessageId): Promise<void> {
    this.#words.delete(id);
  }

  close(): void {}
}
