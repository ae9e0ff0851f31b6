import * as Y from 'yjs';
import { entriesOf } from '#shared/document/fields.ts';
import { yDocToCarnetContent } from '#shared/document/noteContent.ts';
import { type CarnetId, type PersonId, isId } from '#shared/domain/ids.ts';
import type { CarnetEntryIndex } from '../storage/ports/DerivedStore.ts';
import type { DocumentHead } from '../storage/ports/UpdateLog.ts';
import type { IndexerOptions } from './IndexerOptions.ts';

interface Integration {
  readonly by: PersonId | null;
  readonly at: number;
}

/** The document as it was when it was last indexed, and who had integrated what by then; empty for a carnet that never was. */
async function readBase(options: IndexerOptions, id: CarnetId) {
  const { catalogue, documents } = options;
  const integrations = new Map<string, Integration>();
  const before = (await catalogue.derived.carnets([id])).get(id) ?? null;
  const base = before === null || before.seq === 0 ? null : await documents.read(id, before.seq);
  if (base === null) return { doc: new Y.Doc(), seq: 0, before, integrations };
  for (const entry of await catalogue.derived.entries(id)) {
    integrations.set(entry.note, { by: entry.integratedBy, at: entry.integratedAt });
  }
  return { doc: base.doc, seq: base.seq, before, integrations };
}

/**
 * Follows a carnet's rows since it was last indexed and stores what is derived from it. « Intégré par » is the person and the time of the row in which the entry's key appeared;
 * a row that overwrites an entry (a new order, two people who integrated at once) leaves it, one that removes it ends it.
 */
export async function indexCarnet(options: IndexerOptions, head: DocumentHead): Promise<void> {
  const { catalogue, log, events } = options;
  const id = head.document as CarnetId;
  const { doc, seq: baseSeq, before, integrations } = await readBase(options, id);
  try {
    const notesBefore = new Set(integrations.keys());
    const rows = await log.read(id, baseSeq);
    let row = rows[0];
    entriesOf(doc).observe((event) => {
      for (const [key, change] of event.changes.keys) {
        if (change.action === 'delete') integrations.delete(key);
        else if (change.action === 'add' && row !== undefined) {
          integrations.set(key, { by: row.person, at: row.time });
        }
      }
    });
    for (row of rows) Y.applyUpdate(doc, row.bytes);
    const last = rows.at(-1);
    const content = yDocToCarnetContent(doc);
    const entries = content.entries.flatMap((entry): CarnetEntryIndex[] => {
      const integration = integrations.get(entry.noteId);
      if (!isId(entry.noteId) || integration === undefined) return [];
      return [
        {
          carnet: id,
          note: entry.noteId,
          order: entry.order,
          category: entry.category,
          also: entry.also ?? [],
          pinned: entry.pinned,
          integratedBy: integration.by,
          integratedAt: integration.at,
        },
      ];
    });
    const added = entries.filter((entry) => !notesBefore.has(entry.note));
    // What is indexed for the first time (a rebuild) was told when it happened.
    if (before !== null && added.length > 0) await options.onIntegrated?.(id, added);
    const title = content.title
      .replace(/[ \t\r\n]+/g, ' ')
      .trim()
      .slice(0, 500);
    await catalogue.derived.saveCarnet(
      {
        id,
        seq: last?.seq ?? baseSeq,
        title,
        description: content.description.trim().slice(0, 5_000),
        language: content.language,
        modifiedAt: last?.time ?? before?.modifiedAt ?? 0,
        categories: content.categories
          .filter((one) => isId(one.id))
          .map(({ id: key, name, order, list }) => ({ id: key, name, order, list })),
      },
      entries,
    );
    events.emit({ type: 'carnet', id });
    const notesNow = new Set<string>(entries.map((entry) => entry.note));
    const changed = [...notesNow, ...notesBefore].filter(
      (note) => notesNow.has(note) !== notesBefore.has(note),
    );
    for (const note of changed) events.emit({ type: 'note', id: note });
    if (before?.title !== title || changed.length > 0) events.emit({ type: 'lists' });
  } finally {
    doc.destroy();
  }
}
