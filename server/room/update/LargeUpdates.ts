import { MalformedError } from '#shared/protocol/StrictReader.ts';
import { workerUrl } from '../../workerUrl.ts';
import { WorkerLane } from '../../WorkerLane.ts';
import type { News } from './DocumentState.ts';
import { InvalidContentError } from './InvalidContentError.ts';
import { MissingStructsError, type ParsedUpdate } from './parseUpdate.ts';
import type { ContentLimits } from './readContent.ts';

export interface LargeQuestion {
  readonly bytes: Uint8Array;
  readonly limits: ContentLimits;
  /** What of the update is to be kept; null: what is in it is asked for. */
  readonly news: News | null;
}

export type LargeAnswer =
  | { readonly kind: 'parsed'; readonly parsed: ParsedUpdate }
  | { readonly kind: 'trimmed'; readonly bytes: Uint8Array }
  | { readonly kind: 'missing' }
  | { readonly kind: 'malformed' | 'invalid'; readonly message: string };

/** Reads updates that could hold the event loop up, in a worker and for a limited time. */
export class LargeUpdates {
  private readonly lane: WorkerLane<LargeQuestion, LargeAnswer>;

  /** @param maxMs - then an update counts as content that is not valid. */
  constructor(maxMs: number) {
    this.lane = new WorkerLane(workerUrl(import.meta.url, './updateWorker'), { maxMs });
  }

  /** `parseUpdate`. @throws as it does; InvalidContentError also for what took too long. */
  async parse(bytes: Uint8Array, { maxStringBytes, maxClients }: ContentLimits): Promise<ParsedUpdate> {
    const limits = maxClients === undefined ? { maxStringBytes } : { maxStringBytes, maxClients };
    const answer = await this.ask({ bytes, limits, news: null });
    if (answer.kind !== 'parsed') throw new Error('the worker answered something else');
    return answer.parsed;
  }

  /** `trimUpdate`, of an update that was parsed. @throws as `parse` */
  async trim(bytes: Uint8Array, news: News): Promise<Uint8Array> {
    const answer = await this.ask({ bytes, limits: { maxStringBytes: Infinity }, news });
    if (answer.kind !== 'trimmed') throw new Error('the worker answered something else');
    return answer.bytes;
  }

  close(): Promise<void> {
    return this.lane.close();
  }

  private async ask(question: LargeQuestion): Promise<LargeAnswer> {
    const bytes = new Uint8Array(question.bytes);
    const answer = await this.lane.ask({ ...question, bytes }, [bytes.buffer]).catch((error: unknown) => {
      throw new InvalidContentError(error instanceof Error ? error.message : 'not read');
    });
    if (answer.kind === 'missing') throw new MissingStructsError();
    if (answer.kind === 'malformed') throw new MalformedError(answer.message);
    if (answer.kind === 'invalid') throw new InvalidContentError(answer.message);
    return answer;
  }
}
