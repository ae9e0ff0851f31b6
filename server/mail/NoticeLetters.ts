import type { Logger } from 'pino';
import { canReadCommunity, communityRole } from '#shared/permissions/permissions.ts';
import type { CommunityId, NoteId, PersonId } from '#shared/domain/ids.ts';
import { topicOf } from '#shared/domain/Notice.ts';
import type { NoticeSettings } from '#shared/domain/NoticeSettings.ts';
import type { Mailer } from '../accounts/Mailer.ts';
import type { WrittenLetter } from '../accounts/letters.ts';
import { type Caller, loadCaller } from '../Caller.ts';
import type { Timers } from '../history/Timers.ts';
import { presentNotices } from '../http/presentNotices.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { NoticeRecord } from '../storage/ports/Trace.ts';
import { digestMoment } from './digestMoment.ts';
import { unsubscribeToken } from './unsubscribeToken.ts';
import { type DigestLine, type LetterLinks, writeDigest, writeMessage } from './writeNoticeLetters.ts';

const minuteMs = 60 * 1_000;
const dayMs = 24 * 60 * minuteMs;
/** How often it is looked whose digest is due: a digest comes at most this much after its hour. */
const everyMs = 5 * minuteMs;
/** What is older stays in the application: a letter is about what is new. */
const newMs = 14 * dayMs;
const keptReadMs = 90 * dayMs;
const maxUnread = 1_000;

export interface NoticeLettersOptions {
  readonly context: RelayContext;
  readonly mailer: Mailer;
  /** Where a person gets letters; null for nowhere. */
  readonly addressOf: (person: PersonId) => Promise<string | null>;
  /** Where people reach the relay, without a slash at its end. */
  readonly publicUrl: () => string;
  /** Signs the links that stop letters. */
  readonly secret: string;
  readonly timers: Timers;
  readonly logger: Logger;
}

type Visible = DigestLine['notice'];

/** Somebody who gets letters. */
interface Addressee {
  readonly caller: NonNullable<Caller>;
  readonly settings: NoticeSettings;
  readonly address: string;
}

/**
 * Writes to people what they chose to be told by e-mail: messages at once, the rest in a digest at their hour. Rights are asked when a letter is written. A moment's digest is taken
 * before it is sent, so that a restart sends none twice; what could not be sent is tried again. It also keeps inboxes from growing for ever.
 */
export class NoticeLetters {
  readonly #options: NoticeLettersOptions;
  #cancel: (() => void) | null = null;
  #stopListening: (() => void) | null = null;
  #queue: Promise<void> = Promise.resolve();
  #isLooking = false;
  #thinnedAt = 0;
  #closed = false;

  constructor(options: NoticeLettersOptions) {
    this.#options = options;
  }

  start(): void {
    const { mailer, context, logger } = this.#options;
    if (!mailer.reaches) logger.info('notices are not sent by e-mail, because CALEPIN_SMTP_URL is not set');
    else
      this.#stopListening = context.events.subscribe((event) => {
        if (event.type === 'notices') this.#soon(() => this.#writeTo(event.id as PersonId, true));
      });
    this.#wait(minuteMs);
  }

  /** Resolves when nothing is being written any more. */
  settled(): Promise<void> {
    return this.#queue;
  }

  /** Begins nothing any more; resolves when what is under way is done. Safe to call twice. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#cancel?.();
    this.#stopListening?.();
    await this.#queue;
  }

  #wait(delayMs: number): void {
    this.#cancel = this.#options.timers.after(delayMs, () => {
      this.#wait(everyMs);
      // A slow mail server is not asked for more while it is asked.
      if (this.#isLooking) return;
      this.#isLooking = true;
      this.#soon(async () => {
        try {
          await this.#look();
        } finally {
          this.#isLooking = false;
        }
      });
    });
  }

  /** One thing after the other: what is being sent is not begun twice. */
  #soon(work: () => Promise<void>): void {
    if (this.#closed) return;
    this.#queue = this.#queue.then(work).catch((error: unknown) => {
      this.#options.logger.error({ err: error }, 'letters about notices could not be written');
    });
  }

  async #look(): Promise<void> {
    const { context, mailer } = this.#options;
    const { notices } = context.catalogue;
    const now = context.now();
    if (now - this.#thinnedAt >= dayMs) {
      await notices.thin(now - keptReadMs, maxUnread);
      this.#thinnedAt = now;
    }
    if (!mailer.reaches) return;
    for (const person of await notices.peopleToWriteTo(now - newMs)) {
      if (this.#closed) return;
      await this.#writeTo(person, false);
    }
  }

  async #writeTo(person: PersonId, onlyMessages: boolean): Promise<void> {
    const { context, addressOf } = this.#options;
    const { catalogue } = context;
    const now = context.now();
    const waiting = await catalogue.notices.notInLetters(person, now - newMs);
    const settings = await catalogue.noticeSettings.get(person);
    if (settings.digest === 'never') return;
    const wanted = waiting.filter(({ kind }) => settings.ways[topicOf[kind]] === 'mail');
    const messages = wanted.filter(({ kind }) => kind === 'message');
    const others = wanted.filter(({ kind }) => kind !== 'message');
    const moment = onlyMessages ? null : digestMoment(now, settings);
    // What came after the moment of the digest waits for the next one, unless it goes with what was there.
    const isDue = moment !== null && others.some(({ at }) => at < moment);
    if (messages.length === 0 && !isDue) return;
    const [caller, address] = await Promise.all([loadCaller(catalogue, person), addressOf(person)]);
    if (caller === null || address === null) return;
    const addressee = { caller, settings, address };
    await this.#sendMessages(addressee, messages);
    if (isDue) await this.#sendDigest(addressee, others, moment);
  }

  async #sendMessages(addressee: Addressee, messages: readonly NoticeRecord[]): Promise<void> {
    const { context } = this.#options;
    const { notices } = context.catalogue;
    for (const notice of await this.#visible(addressee.caller, messages)) {
      if ((await notices.markInLetter([notice.id], context.now())).length === 0) continue;
      const letter = writeMessage(readerOf(addressee), notice, this.#links(addressee.caller.id));
      if (!(await this.#send(addressee, letter))) await notices.markInLetter([notice.id], null);
    }
  }

  async #sendDigest(addressee: Addressee, waiting: readonly NoticeRecord[], moment: number): Promise<void> {
    const { context } = this.#options;
    const { notices, noticeSettings } = context.catalogue;
    const { id } = addressee.caller;
    const lines = await this.#withCommunities(
      addressee.caller,
      await this.#visible(addressee.caller, waiting),
    );
    if (lines.length === 0 || !(await noticeSettings.takeDigest(id, moment))) return;
    const letter = writeDigest(readerOf(addressee), lines, this.#links(id));
    if (!(await this.#send(addressee, letter))) return noticeSettings.giveDigestBack(id, moment);
    await notices.markInLetter(
      lines.map(({ notice }) => notice.id),
      context.now(),
    );
  }

  /** Those about what the person may see now. */
  async #visible(caller: Caller, notices: readonly NoticeRecord[]): Promise<Visible[]> {
    const lines = await presentNotices(this.#options.context, caller, notices);
    return lines.flatMap((line) => (line.title === null ? [] : [{ ...line, title: line.title }]));
  }

  async #withCommunities(caller: Caller, notices: readonly Visible[]): Promise<DigestLine[]> {
    const { catalogue } = this.#options.context;
    const idsOf = (subject: Visible['subject']) =>
      notices.flatMap((notice) => (notice.subject === subject ? [notice.subjectId] : []));
    const notes = await catalogue.notes.getMany(idsOf('note') as NoteId[]);
    const communityOf = (notice: Visible): CommunityId | null =>
      notice.subject === 'community'
        ? (notice.subjectId as CommunityId)
        : (notes.get(notice.subjectId as NoteId)?.community ?? null);
    const communities = await catalogue.communities.getMany(
      notices.flatMap((notice) => communityOf(notice) ?? []),
    );
    return notices.map((notice) => {
      const id = communityOf(notice);
      const found = id === null ? undefined : communities.get(id);
      const isOpen = found !== undefined && canReadCommunity(communityRole(caller, found.id));
      return { notice, community: isOpen ? found.name : null };
    });
  }

  #links(person: PersonId): LetterLinks {
    const origin = this.#options.publicUrl();
    return { origin, unsubscribe: `${origin}/unsubscribe/${unsubscribeToken(this.#options.secret, person)}` };
  }

  /** @returns whether the mail server took it. */
  async #send({ address }: Addressee, letter: WrittenLetter): Promise<boolean> {
    const { mailer, publicUrl, logger } = this.#options;
    try {
      await mailer.send(address, letter, `${publicUrl()}/notices`);
      return true;
    } catch (error) {
      // The server's answer names the address.
      logger.error(
        { kind: 'notices', code: (error as { code?: unknown }).code },
        'a letter could not be sent',
      );
      return false;
    }
  }
}

function readerOf({ caller, settings }: Addressee) {
  return { name: caller.name, language: settings.language ?? ('fr' as const) };
}
