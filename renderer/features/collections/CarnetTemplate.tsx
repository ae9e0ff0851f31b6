import { Button } from '@mantine/core';
import { IconTemplate } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CollectionPage } from '#shared/api/collections.ts';
import type { TemplateKey } from '#shared/document/templates/BuiltInTemplate.ts';
import { builtInTemplate, isBuiltInTemplate } from '#shared/document/templates/builtInTemplates.ts';
import { canManageCollection } from '#shared/permissions/permissions.ts';
import { api } from '../../api/index.ts';
import { useLanguage } from '../../i18n/index.ts';
import { notify } from '../../ui/index.ts';
import { TemplatePicker } from '../notes/index.ts';
import { refOf } from './refOf.ts';
import { useCollectionActs } from './useCollectionActs.ts';
import styles from './CollectionPage.module.css';

/** For who adds to a carnet: what notes that are made there begin with; its managers choose it. */
export function CarnetTemplate({ page }: { readonly page: CollectionPage }) {
  const { t } = useTranslation();
  const language = useLanguage();
  const [isChoosing, setChoosing] = useState(false);
  const ref = refOf(page);
  const { show, onError } = useCollectionActs(ref);
  const { template } = page;
  const change = useMutation({
    mutationFn: (key: TemplateKey | null) => api.changeCollection(ref, { template: key }),
    onSuccess: (next) => {
      show(next);
      setChoosing(false);
    },
    onError,
  });
  const pick = (key: TemplateKey | null): void => {
    const before = template?.key ?? null;
    if (key === before) return setChoosing(false);
    change.mutate(key, {
      onSuccess: () =>
        notify(t('carnets.template.changed'), { label: t('app.undo'), act: () => change.mutate(before) }),
    });
    return undefined;
  };
  const title =
    template === null
      ? ''
      : isBuiltInTemplate(template.key)
        ? builtInTemplate(template.key, language).title
        : template.title || t('app.untitled');
  const isManager = canManageCollection(page.collection.role);
  if (template === null && !isManager) return null;
  return (
    <div className={styles.template}>
      {template !== null && (
        <p>
          <IconTemplate size={15} stroke={1.7} aria-hidden="true" />
          {t('carnets.template.says', { title })}
        </p>
      )}
      {isManager && (
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={template === null ? <IconTemplate size={15} /> : undefined}
          onClick={() => setChoosing(true)}
        >
          {t(template === null ? 'carnets.template.name' : 'carnets.template.change')}
        </Button>
      )}
      <TemplatePicker
        opened={isChoosing}
        onClose={() => setChoosing(false)}
        title={t('carnets.template.title')}
        hint={t('carnets.template.hint')}
        act={t('carnets.template.pick')}
        blank={t('carnets.template.none')}
        chosen={template?.key ?? null}
        isBusy={change.isPending}
        onPick={pick}
      />
    </div>
  );
}
