import { Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

export interface CommunityTexts {
  readonly name: string;
  readonly description: string;
}

interface Props {
  readonly value: CommunityTexts;
  readonly onChange: (value: CommunityTexts) => void;
}

/** What a community says of itself. */
export function CommunityFields({ value, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        data-autofocus
        required
        withAsterisk={false}
        label={t('communities.form.name')}
        placeholder={t('communities.form.namePlaceholder')}
        maxLength={120}
        value={value.name}
        onChange={(event) => onChange({ ...value, name: event.currentTarget.value })}
      />
      <Textarea
        mt="md"
        autosize
        minRows={4}
        maxRows={12}
        label={t('communities.form.description')}
        placeholder={t('communities.form.descriptionPlaceholder')}
        maxLength={5_000}
        value={value.description}
        onChange={(event) => onChange({ ...value, description: event.currentTarget.value })}
      />
    </>
  );
}
