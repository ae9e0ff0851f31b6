import { useTranslation } from 'react-i18next';
import type { NotePage } from '#shared/api/notes.ts';
import { canLinkNote } from '#shared/permissions/permissions.ts';
import { LinkedCommunityBlock } from '../communities/index.ts';
import { useNoteChange } from './useNoteChange.ts';

/** The community that the note is linked to. */
export function NoteCommunityBlock({ page }: { readonly page: NotePage }) {
  const { t } = useTranslation();
  const { note } = page;
  const change = useNoteChange(note.id, (next) =>
    t(next.note.visibility === note.visibility ? 'communities.link.changed' : 'communities.link.lowered'),
  );
  return (
    <LinkedCommunityBlock
      community={page.community}
      canChange={canLinkNote(page.role) && note.trashedAt === null}
      onChange={(community) => change.mutate({ community })}
    />
  );
}
