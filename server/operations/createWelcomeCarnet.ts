import { addEntry, descriptionOf, setLanguage, titleOf } from '#shared/document/fields.ts';
import { orderKeysBetween } from '#shared/document/orderKeys.ts';
import { welcomeContent } from '#shared/document/welcome/welcomeContent.ts';
import { replaceNoteContent } from '#shared/document/writeContent.ts';
import type { NoteId, PersonId } from '#shared/domain/ids.ts';
import type { Language } from '#shared/domain/Person.ts';
import type { RelayContext } from '../RelayContext.ts';
import { newId } from '../secrets.ts';
import { addCollection } from './createCollection.ts';
import { addNote } from './addNote.ts';

const settingKey = 'welcome';
const running = new WeakMap<RelayContext, Promise<void>>();

/**
 * Makes the welcome carnet and its notes, once in the life of a data folder: never where something was written before, never again after it was thrown away.
 * Called twice at once (two tabs at the first launch), it is made once.
 */
export async function createWelcomeCarnet(
  context: RelayContext,
  person: PersonId,
  language: Language,
): Promise<void> {
  const before = running.get(context) ?? Promise.resolve();
  const made = before.then(() => make(context, person, language));
  running.set(
    context,
    made.catch(() => undefined),
  );
  await made;
}

async function make(context: RelayContext, person: PersonId, language: Language): Promise<void> {
  const { settings } = context.catalogue;
  if ((await settings.get(settingKey)) !== null) return;
  if ((await context.log.documents()).length === 0) {
    const content = welcomeContent(language, () => newId<NoteId>());
    // The last one is the newest: the list of recent notes then reads in the order of the carnet.
    for (const { id, content: note } of content.notes.toReversed()) {
      await addNote(context, {
        id,
        author: person,
        kind: 'note',
        act: { person: null, operation: 'seed' },
        write: (doc) => {
          replaceNoteContent(doc, note);
        },
      });
    }
    await addCollection(context, 'carnet', person, 'seed', (doc) => {
      titleOf(doc).insert(0, content.title);
      descriptionOf(doc).insert(0, content.description);
      setLanguage(doc, content.language);
      const keys = orderKeysBetween(null, null, content.notes.length);
      content.notes.forEach(({ id }, at) => {
        addEntry(doc, { memberId: id, order: keys[at] ?? '', category: null, pinned: false });
      });
    });
  }
  await settings.set(settingKey, language);
}
