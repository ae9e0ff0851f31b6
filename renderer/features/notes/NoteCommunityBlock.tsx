import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { NotePage } from '#shared/api/notes.ts';
import type { CommunityId } from '#shared/domain/ids.ts';
import { canLinkNote } from '#shared/permissions/permissions.ts';
import { api, keys, useFailure } from '../../api/index.ts';
import { notify, notifyProblem } from '../../ui/index.ts';
import { LinkedCommunityBlock } from '../communities/index.ts';

/** The community that the note is linked to. */
export function NoteCommunityBlock({ page }: { readonly page: NotePage }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const failure = useFailure();
  const { note } = page;
  const change = useMutation({
    mutationFn: (community: CommunityId | null) => api.changeNote(note.id, { community }),
    onSuccess: (next) => {
      client.setQueryData(keys.note(note.id), next);
      void client.invalidateQueries({ queryKey: ['community'] });
      void client.invalidateQueries({ queryKey: keys.notes });
      const isLowered = next.note.visibility !== note.visibility;
      notify(t(isLowered ? 'communities.link.lowered' : 'communities.link.changed'));
    },
    onError: (error) => notifyProblem(failure(error)),
  });
  return (
    <LinkedCommunityBlock
      community={page.community}
      canChange={canLinkNote(page.role) && note.trashedAt === null}
      onChange={(community) => change.mutate(community)}
    />
  );
}
