import { pino } from 'pino';
import { expect, test } from 'vitest';
import type { DocumentId } from '#shared/domain/ids.ts';
import { closeCodes } from '#shared/protocol/closeCodes.ts';
import { encodeClosed } from '#shared/protocol/mirrorMessages.ts';
import type { CopyParts } from '#server/mirror/CopyParts.ts';
import { MirroredDocument } from '#server/mirror/MirroredDocument.ts';
import { SendPace } from '#server/mirror/SendPace.ts';
import { testId } from '../../../support/newRelay.ts';

/** A copy that hears from its home why its document was closed there. @returns how often it asked to be opened again later. */
async function closedWith(code: number): Promise<number> {
  let again = 0;
  const parts: Partial<CopyParts> = {
    logger: pino({ level: 'silent' }),
    now: () => 1,
    pace: new SendPace(),
    send: () => undefined,
    save: () => Promise.resolve(),
    changed: () => undefined,
    failed: () => {
      again++;
    },
  };
  const copy = new MirroredDocument(
    {
      document: testId<DocumentId>(1),
      kind: 'note',
      relay: testId(2),
      reason: 'opened',
      role: 'author',
      homeEpoch: null,
      lastContact: null,
      isWhole: true,
      problem: null,
      wish: null,
    },
    parts as CopyParts,
  );
  copy.hear(encodeClosed({ code, reason: 'for the test' }));
  // Comes to its turn behind what was just heard.
  await copy.readSheet();
  return again;
}

test.each([closeCodes.resync, closeCodes.storage, closeCodes.slowReader, closeCodes.tooFast])(
  '[R276] a copy whose document the home closed with %i, “come back”, is opened again while the line stays',
  async (code) => {
    expect(await closedWith(code)).toBe(1);
  },
);

test.each([closeCodes.malformed, closeCodes.updateApp])(
  '[R276] one that was closed for good, with %i, waits for somebody',
  async (code) => {
    expect(await closedWith(code)).toBe(0);
  },
);
