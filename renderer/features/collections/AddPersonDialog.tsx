import { IconUser } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type CollectionPersonRole,
  collectionPersonRoles,
  type CollectionRef,
} from '#shared/domain/Collection.ts';
import { foldText } from '#shared/domain/foldText.ts';
import type { PersonId } from '#shared/domain/ids.ts';
import { api, keys, queries, useFailure } from '../../api/index.ts';
import { Choice, notify, notifyProblem, PickerDialog, pickerProblem } from '../../ui/index.ts';

interface Props {
  readonly collection: CollectionRef;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Names somebody of one's communities on a carnet or a base, with a role; stays open, for several. */
export function AddPersonDialog({ collection, opened, onClose }: Props) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const failure = useFailure();
  const [text, setText] = useState('');
  const [role, setRole] = useState<CollectionPersonRole>('contributor');
  const [added, setAdded] = useState<ReadonlySet<PersonId>>(new Set());
  const list = useQuery({ ...queries.collectionCandidates(collection), enabled: opened });
  const { kind } = collection;
  const add = useMutation({
    mutationFn: ({ key }: { key: PersonId; name: string }) => api.addCollectionPerson(collection, key, role),
    onSuccess: (page, { key, name }) => {
      client.setQueryData(keys.collection(collection), page);
      setAdded((before) => new Set([...before, key]));
      notify(t(`${kind}s.person.added`, { name }));
    },
    onError: (error) => notifyProblem(failure(error)),
  });
  const close = (): void => {
    void client.invalidateQueries({ queryKey: keys.collectionCandidates(collection) });
    setAdded(new Set());
    onClose();
  };
  const wanted = foldText(text.trim());
  return (
    <PickerDialog
      opened={opened}
      onClose={close}
      title={t(`${kind}s.person.addTitle`)}
      words={{
        search: t('carnets.person.search'),
        add: t('app.add'),
        there: t('carnets.person.there'),
        none: t('carnets.person.addNone'),
      }}
      head={
        <>
          <p>{t('carnets.person.addHint')}</p>
          <Choice
            label={t('carnets.person.role')}
            value={role}
            onChange={setRole}
            options={collectionPersonRoles.map((value) => ({
              value,
              label: t(`carnets.person.roles.${value}`),
            }))}
          />
        </>
      }
      icon={<IconUser size={17} stroke={1.6} aria-hidden="true" />}
      text={text}
      onText={setText}
      items={
        list.data?.people
          .filter((person) => foldText(person.name).includes(wanted))
          .map(({ id, name }) => ({ key: id, name, isThere: added.has(id) })) ?? null
      }
      problem={pickerProblem(list, failure)}
      isBusy={add.isPending}
      onPick={(person) => add.mutate(person)}
    />
  );
}
