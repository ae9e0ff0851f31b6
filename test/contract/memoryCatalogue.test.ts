import { memoryCatalogue } from '#server/storage/memory/memoryCatalogue.ts';
import { describeCatalogue } from './catalogue.ts';

describeCatalogue('memoryCatalogue', () =>
  Promise.resolve({ catalogue: memoryCatalogue(), close: () => Promise.resolve() }),
);
