import { Button, FileButton, NativeSelect, TextInput } from '@mantine/core';
import { IconPhoto } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { attachmentTypes } from '#shared/api/attachments.ts';
import type { CollectionPage } from '#shared/api/collections.ts';
import { type PersonColour, personColours } from '#shared/domain/Person.ts';
import { api } from '../../api/index.ts';
import { DetailsBlock, notify } from '../../ui/index.ts';
import { refOf } from './refOf.ts';
import { useCollectionActs } from './useCollectionActs.ts';
import styles from './CollectionCover.module.css';

/** For managers: what stands over the title. */
export function CoverBlock({ page }: { readonly page: CollectionPage }) {
  const { t } = useTranslation();
  const ref = refOf(page);
  const { cover } = page.collection;
  const { show, onError } = useCollectionActs(ref);
  const change = useMutation({
    mutationFn: (next: { image?: null; alternative?: string; colour?: PersonColour | null }) =>
      api.changeCollection(ref, { cover: next }),
    onSuccess: show,
    onError,
  });
  const setImage = useMutation({
    mutationFn: (file: File) => api.setCover(ref, file),
    onSuccess: show,
    onError,
  });
  return (
    <DetailsBlock title={t('carnets.cover.title')} icon={<IconPhoto size={16} stroke={1.7} />}>
      <div className={styles.form}>
        <div className={styles.acts}>
          <FileButton
            accept={attachmentTypes.image.join(',')}
            onChange={(file) => file !== null && setImage.mutate(file)}
          >
            {(props) => (
              <Button {...props} variant="default" size="compact-md" loading={setImage.isPending}>
                {t(cover.image === null ? 'carnets.cover.choose' : 'carnets.cover.replace')}
              </Button>
            )}
          </FileButton>
          {cover.image !== null && (
            <Button
              variant="subtle"
              size="compact-md"
              color="red"
              onClick={() =>
                change.mutate({ image: null }, { onSuccess: () => notify(t('carnets.cover.removed')) })
              }
            >
              {t('carnets.cover.remove')}
            </Button>
          )}
        </div>
        {cover.image !== null && (
          <Alternative
            key={cover.image}
            value={cover.alternative}
            onChange={(alternative) => change.mutate({ alternative })}
          />
        )}
        {cover.image === null && (
          <NativeSelect
            size="sm"
            label={t('carnets.cover.colour')}
            value={cover.colour ?? ''}
            onChange={(event) =>
              change.mutate({ colour: (event.currentTarget.value || null) as PersonColour })
            }
            data={[
              { value: '', label: t('carnets.cover.noColour') },
              ...personColours.map((value) => ({ value, label: t(`share.colours.${value}`) })),
            ]}
          />
        )}
      </div>
    </DetailsBlock>
  );
}

/** Kept when the field is left. */
function Alternative({
  value,
  onChange,
}: {
  readonly value: string;
  readonly onChange: (value: string) => void;
}) {
  const { t } = useTranslation();
  const [text, setText] = useState(value);
  return (
    <TextInput
      size="sm"
      label={t('carnets.cover.alternative')}
      description={t('carnets.cover.alternativeHint')}
      maxLength={300}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={() => text.trim() !== value && onChange(text.trim())}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) event.currentTarget.blur();
      }}
    />
  );
}
