import { Button } from '@mantine/core';
import { IconNotebook, IconPlus } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { NewCollectionDialog } from '../features/collections/index.ts';
import { HomePage } from '../features/homes/index.ts';
import { useCreateNote } from '../features/notes/index.ts';

/** `/homes/$homeId`. */
export function HomeRoute() {
  const { homeId } = useParams({ from: '/shell/homes/$homeId' });
  return <HomePage key={homeId} homeId={homeId} acts={<HomeActs homeId={homeId} />} />;
}

/** Begins something that is to live there: it is here at once, and there at the next contact. */
function HomeActs({ homeId }: { readonly homeId: string }) {
  const { t } = useTranslation();
  const create = useCreateNote();
  const [isNaming, setNaming] = useState(false);
  return (
    <>
      <Button
        leftSection={<IconPlus size={17} stroke={1.7} />}
        loading={create.isPending}
        onClick={() => create.mutate({ homeId })}
      >
        {t('homes.newNote')}
      </Button>
      <Button
        variant="default"
        leftSection={<IconNotebook size={17} stroke={1.7} />}
        onClick={() => setNaming(true)}
      >
        {t('homes.newCarnet')}
      </Button>
      <NewCollectionDialog kind="carnet" homeId={homeId} opened={isNaming} onClose={() => setNaming(false)} />
    </>
  );
}
