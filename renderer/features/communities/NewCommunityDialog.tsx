import { Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, keys, useFailure } from '../../api/index.ts';
import { DialogActs, notifyProblem } from '../../ui/index.ts';
import { CommunityFields } from './CommunityFields.tsx';

const nothing = { name: '', description: '' };

interface Props {
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Asks for a name, founds the community and goes to it. */
export function NewCommunityDialog({ opened, onClose }: Props) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const failure = useFailure();
  const [texts, setTexts] = useState(nothing);
  const create = useMutation({
    mutationFn: () => api.createCommunity(texts),
    onSuccess: (page) => {
      setTexts(nothing);
      client.setQueryData(keys.community(page.community.id), page);
      void client.invalidateQueries({ queryKey: keys.communities });
      onClose();
      void navigate({ to: '/communities/$communityId', params: { communityId: page.community.id } });
    },
    onError: (error) => notifyProblem(failure(error)),
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    create.mutate();
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('communities.form.newTitle')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <form onSubmit={submit}>
        <CommunityFields value={texts} onChange={setTexts} />
        <DialogActs
          act={t('communities.form.create')}
          isBusy={create.isPending}
          disabled={texts.name.trim() === ''}
          onClose={onClose}
        />
      </form>
    </Modal>
  );
}
