import { defaultQuotaBytes } from '#shared/api/storage.ts';
import { AppError } from '#shared/api/errorCodes.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import type { Catalogue } from './storage/ports/Catalogue.ts';

const key = 'storage-quota';

/** What the files of somebody who is sending take, those that are still coming included. */
interface Account {
  used: number;
  uploads: number;
  /** Resolves when what they sent before is in `used`. */
  readonly ready: Promise<void>;
}

/**
 * How many bytes of files each person may have sent. Only files are counted: each was sent by one person, and can be refused; a text has many hands, is small, and is never refused. Of two equal
 * files both count, though their bytes are kept once: whether another has a file is not to be told by the room that it takes.
 */
export class StorageQuota {
  readonly #catalogue: Pick<Catalogue, 'settings' | 'attachments'>;
  readonly #default: number;
  readonly #sending = new Map<PersonId, Account>();

  /** @param isLimited - whether there is a limit until an administrator sets one: not on the relay of one computer. */
  constructor(catalogue: Pick<Catalogue, 'settings' | 'attachments'>, isLimited: boolean) {
    this.#catalogue = catalogue;
    this.#default = isLimited ? defaultQuotaBytes : 0;
  }

  /** Bytes a person; 0 for no limit. */
  async bytes(): Promise<number> {
    const set = await this.#catalogue.settings.get(key);
    return set === null ? this.#default : Number(set);
  }

  /** Sets it. What is there already stays, also beyond it. */
  async change(bytes: number): Promise<void> {
    await this.#catalogue.settings.set(key, String(bytes));
  }

  /** Bytes of the files that a person sent. */
  used(person: PersonId): Promise<number> {
    return this.#catalogue.attachments.bytesOf(person);
  }

  /**
   * Counts a file while it comes. Several that come at once count together.
   * @param store - takes the file in, from the bytes that it is given, and adds it to the catalogue.
   * @throws AppError `quota_exceeded`, out of the bytes, at the first one too many; whatever `store` throws.
   */
  async take<T>(
    person: PersonId,
    bytes: AsyncIterable<Uint8Array>,
    store: (bytes: AsyncIterable<Uint8Array>) => Promise<T>,
  ): Promise<T> {
    const quota = await this.bytes();
    if (quota === 0) return store(bytes);
    // While somebody sends, what they send is known here before the catalogue knows it; it is asked only once nobody else is to be counted with.
    const account = this.#sending.get(person) ?? this.#open(person);
    account.uploads += 1;
    let taken = 0;
    const counted = async function* (): AsyncGenerator<Uint8Array> {
      for await (const part of bytes) {
        if (account.used + part.length > quota)
          throw new AppError('quota_exceeded', 'the files of this person take all the room they may');
        account.used += part.length;
        taken += part.length;
        yield part;
      }
    };
    try {
      await account.ready;
      return await store(counted());
    } catch (error) {
      account.used -= taken;
      throw error;
    } finally {
      account.uploads -= 1;
      if (account.uploads === 0) this.#sending.delete(person);
    }
  }

  #open(person: PersonId): Account {
    const account: Account = {
      used: 0,
      uploads: 0,
      ready: this.used(person).then((bytes) => {
        account.used += bytes;
      }),
    };
    this.#sending.set(person, account);
    return account;
  }
}
