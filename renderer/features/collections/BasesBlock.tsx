import { Button } from '@mantine/core';
import { IconBooks, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CarnetPage } from '#shared/api/collections.ts';
import { usePerson } from '../../api/index.ts';
import { DetailsBlock } from '../../ui/index.ts';
import { AddToCollectionDialog } from './AddToCollectionDialog.tsx';
import { PlaceCards } from './PlaceCards.tsx';
import styles from './CollectionPage.module.css';

/** The bases that hold a carnet, and the act that adds it to one more. */
export function BasesBlock({ page }: { readonly page: CarnetPage }) {
  const { t } = useTranslation();
  const person = usePerson();
  const [isAdding, setAdding] = useState(false);
  const { id, trashedAt } = page.collection;
  return (
    <DetailsBlock title={t('carnets.bases.title')} icon={<IconBooks size={16} stroke={1.7} />}>
      {page.bases.length === 0 && <p className={styles.quiet}>{t('carnets.bases.none')}</p>}
      <PlaceCards kind="base" places={page.bases} />
      {person !== null && trashedAt === null && (
        <Button
          mt="xs"
          size="compact-sm"
          variant="subtle"
          leftSection={<IconPlus size={15} />}
          onClick={() => setAdding(true)}
        >
          {t('carnets.bases.add')}
        </Button>
      )}
      <AddToCollectionDialog
        kind="base"
        members={[id]}
        holding={page.bases.map((base) => base.id)}
        opened={isAdding}
        onClose={() => setAdding(false)}
      />
    </DetailsBlock>
  );
}
