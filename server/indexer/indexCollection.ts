import * as Y from 'yjs';
import { entriesOf } from '#shared/document/fields.ts';
import {
  type BodyNode,
  type CollectionContent,
  yDocToCollectionContent,
} from '#shared/document/noteContent.ts';
import { type CollectionKind, memberKindOf } from '#shared/domain/Collection.ts';
import { type CarnetId, type CollectionId, type PersonId, isId } from '#shared/domain/ids.ts';
import type { CollectionIndex, EntryIndex } from '../storage/ports/DerivedStore.ts';
import type { DocumentHead } from '../storage/ports/UpdateLog.ts';
import type { IndexerOptions } from './IndexerOptions.ts';

interface Integration {
  readonly by: PersonId | null;
  readonly at: number;
}

/** The document as it was when it was last indexed, and who had integrated what by then; empty for one that never was. */
async function readBefore(options: IndexerOptions, id: CollectionId) {
  const { catalogue, documents } = options;
  const integrations = new Map<string, Integration>();
  const before = (await catalogue.derived.collections([id])).get(id) ?? null;
  const base = before === null || before.seq === 0 ? null : await documents.read(id, before.seq);
  if (base === null) return { doc: new Y.Doc(), seq: 0, before, integrations };
  for (const entry of await catalogue.derived.entries(id)) {
    integrations.set(entry.member, { by: entry.integratedBy, at: entry.integratedAt });
  }
  return { doc: base.doc, seq: base.seq, before, integrations };
}

/** A guide in which nothing is written. */
const isBlank = (guide: BodyNode): boolean =>
  guide.content?.every(({ type, content }) => type === 'paragraph' && (content?.length ?? 0) === 0) !== false;

/** What a carnet or a base says of itself, as lists and books show it. */
export function indexedHead(
  content: CollectionContent,
): Pick<CollectionIndex, 'title' | 'description' | 'language' | 'categories'> {
  return {
    title: content.title
      .replace(/[ \t\r\n]+/g, ' ')
      .trim()
      .slice(0, 500),
    description: content.description.trim().slice(0, 5_000),
    language: content.language,
    categories: content.categories
      .filter((one) => isId(one.id))
      .map(({ id, name, order, list }) => ({ id, name, order, list })),
  };
}

/**
 * Follows the rows of a carnet or of a base since it was last indexed and stores what is derived from it. « Intégré par » is the person and the time of the row in which the entry's key appeared;
 * a row that overwrites an entry (a new order, two people who integrated at once) leaves it, one that removes it ends it.
 */
export async function indexCollection(
  options: IndexerOptions,
  head: DocumentHead,
  kind: CollectionKind,
): Promise<void> {
  const { catalogue, log, events } = options;
  const id = head.document as CollectionId;
  const { doc, seq: baseSeq, before, integrations } = await readBefore(options, id);
  try {
    const earlier = new Set(integrations.keys());
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
    const content = yDocToCollectionContent(doc);
    const entries = content.entries.flatMap((entry): EntryIndex[] => {
      const integration = integrations.get(entry.memberId);
      if (!isId(entry.memberId) || integration === undefined) return [];
      return [
        {
          collection: id,
          member: entry.memberId,
          order: entry.order,
          category: entry.category,
          also: entry.also ?? [],
          pinned: entry.pinned,
          held: entry.held ?? null,
          seen: entry.seen ?? null,
          integratedBy: integration.by,
          integratedAt: integration.at,
        },
      ];
    });
    const added = entries.filter((entry) => !earlier.has(entry.member));
    // What is indexed for the first time (a rebuild) was told when it happened.
    if (kind === 'carnet' && before !== null && added.length > 0)
      await options.onIntegrated?.(id as CarnetId, added);
    const said = indexedHead(content);
    await catalogue.derived.saveCollection(
      {
        id,
        seq: last?.seq ?? baseSeq,
        ...said,
        guide: isBlank(content.guide) ? null : content.guide,
        modifiedAt: last?.time ?? before?.modifiedAt ?? 0,
      },
      entries,
    );
    events.emit({ type: kind, id });
    const now = new Set<string>(entries.map((entry) => entry.member));
    const changed = [...now, ...earlier].filter((member) => now.has(member) !== earlier.has(member));
    for (const member of changed) events.emit({ type: memberKindOf[kind], id: member });
    if (before?.title !== said.title || changed.length > 0) events.emit({ type: 'lists' });
  } finally {
    doc.destroy();
  }
}
