import { Button, Checkbox, FileButton, Group, Modal } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { attachmentTypes } from '#shared/api/attachments.ts';
import type { CommunityPage } from '#shared/api/communities.ts';
import { api, keys, useFailure } from '../../api/index.ts';
import { DialogActs, notifyProblem } from '../../ui/index.ts';
import { CommunityFields } from './CommunityFields.tsx';
import { CommunityImage } from './CommunityImage.tsx';
import styles from './Communities.module.css';

interface Props {
  readonly page: CommunityPage;
  readonly opened: boolean;
  readonly onClose: () => void;
}

/** Changes what a community's page says and shows. */
export function EditCommunityDialog({ page, opened, onClose }: Props) {
  const { t } = useTranslation();
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('communities.form.editTitle')}
      closeButtonProps={{ 'aria-label': t('app.close') }}
    >
      <EditForm page={page} onClose={onClose} />
    </Modal>
  );
}

function EditForm({ page, onClose }: Omit<Props, 'opened'>) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const failure = useFailure();
  const { id, name, description, image } = page.community;
  const [texts, setTexts] = useState({ name, description });
  const [isPublic, setPublic] = useState(page.community.isPublic);
  const onSuccess = (next: CommunityPage): void => {
    client.setQueryData(keys.community(id), next);
    void client.invalidateQueries({ queryKey: keys.communities });
  };
  const onError = (error: unknown): void => notifyProblem(failure(error));
  const save = useMutation({
    mutationFn: () => api.changeCommunity(id, { ...texts, isPublic }),
    onSuccess: (next) => {
      onSuccess(next);
      onClose();
    },
    onError,
  });
  const setImage = useMutation({
    mutationFn: (file: File | null) =>
      file === null ? api.changeCommunity(id, { image: null }) : api.setCommunityImage(id, file),
    onSuccess,
    onError,
  });
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate();
  };
  return (
    <form onSubmit={submit}>
      <CommunityFields value={texts} onChange={setTexts} />
      <div className={styles.imageField}>
        <CommunityImage community={page.community} size={64} />
        <div>
          <Group gap="xs">
            <FileButton
              accept={attachmentTypes.image.join(',')}
              onChange={(file) => file !== null && setImage.mutate(file)}
            >
              {(props) => (
                <Button {...props} variant="default" size="compact-md" loading={setImage.isPending}>
                  {t('communities.form.chooseImage')}
                </Button>
              )}
            </FileButton>
            {image !== null && (
              <Button variant="subtle" size="compact-md" color="red" onClick={() => setImage.mutate(null)}>
                {t('communities.form.removeImage')}
              </Button>
            )}
          </Group>
          <p className={styles.quiet}>{t('communities.form.imageHint')}</p>
        </div>
      </div>
      <Checkbox
        mt="lg"
        label={t('communities.form.public')}
        description={t('communities.form.publicHint')}
        checked={isPublic}
        onChange={(event) => setPublic(event.currentTarget.checked)}
      />
      <DialogActs
        act={t('communities.form.save')}
        isBusy={save.isPending}
        disabled={texts.name.trim() === ''}
        onClose={onClose}
      />
    </form>
  );
}
