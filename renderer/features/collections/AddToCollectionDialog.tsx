import { IconBook2, IconBooks } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CollectionKind, CollectionRef } from '#shared/domain/Collection.ts';
import { foldText } from '#shared/domain/foldText.ts';
import type { CarnetId, CollectionId, MemberId } from '#shared/domain/ids.ts';
import { canContributeToCollection } from '#shared/permissions/permissions.ts';
import { api, keys, queries, useFailure } from '../../api/index.ts';
import { notify, notifyProblem, PickerDialog, pickerProblem } from '../../ui/index.ts';
import { useCreateCollection } from './useCreateCollection.ts';

interface Props {
  /** Of what they are added to: notes to a carnet, carnets to a base. */
  readonly kind: CollectionKind;
  readonly members: readonly MemberId[];
  /** Those that hold all of them already. */
  readonly holding: readonly CollectionId[];
  readonly opened: boolean;
  readonly onClose: () => void;
}

const icon = { size: 17, stroke: 1.6, 'aria-hidden': true } as const;

/** Places notes in one more carnet, or carnets in one more base: a new one if need be. */
export function AddToCollectionDialog({ kind, members, holding, opened, onClose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const failure = useFailure();
  const [text, setText] = useState('');
  const list = useQuery({ ...queries.collectionList(kind), enabled: opened });
  const create = useCreateCollection(kind);
  const integrate = useMutation({
    mutationFn: (id: CollectionId) => api.integrate({ kind, id } as CollectionRef, members),
    onSuccess: (page) => {
      const { id, title } = page.collection;
      client.setQueryData(keys.collection({ kind, id } as CollectionRef), page);
      for (const member of members)
        void client.invalidateQueries({
          queryKey:
            kind === 'carnet'
              ? keys.note(member)
              : keys.collection({ kind: 'carnet', id: member as CarnetId }),
        });
      void client.invalidateQueries({ queryKey: keys.collections(kind) });
      notify(t(`${kind}s.addTo.done`, { title: title || t('app.untitled'), count: members.length }));
      onClose();
    },
    onError: (error) => notifyProblem(failure(error)),
  });
  const title = text.trim();
  const wanted = foldText(title);
  const open = list.data?.filter(({ role }) => canContributeToCollection(role));
  const isNew = title !== '' && open?.some((one) => foldText(one.title) === wanted) === false;
  return (
    <PickerDialog
      opened={opened}
      onClose={onClose}
      title={t(`${kind}s.addTo.title`)}
      words={{
        search: t(`${kind}s.addTo.search`),
        add: t('app.add'),
        there: t(`${kind}s.addTo.there`),
        none: t(`${kind}s.addTo.none`),
      }}
      icon={kind === 'carnet' ? <IconBook2 {...icon} /> : <IconBooks {...icon} />}
      text={text}
      onText={setText}
      items={
        open
          ?.filter((one) => foldText(one.title).includes(wanted))
          .map((one) => ({
            key: one.id,
            name: one.title || t('app.untitled'),
            about: t(`${kind}s.memberCount`, { count: one.memberCount }),
            isThere: holding.includes(one.id),
          })) ?? null
      }
      problem={pickerProblem(list, failure)}
      isBusy={create.isPending || integrate.isPending}
      onPick={({ key }) => integrate.mutate(key)}
      create={
        isNew
          ? {
              label: t(`${kind}s.addTo.create`, { title }),
              act: () => create.mutate(title, { onSuccess: (page) => integrate.mutate(page.collection.id) }),
            }
          : null
      }
    />
  );
}
