import { memoryCatalogue } from '#server/storage/memory/memoryCatalogue.ts';
import { describeCatalogue } from './catalogue.ts';
import { describeThreadStore } from './threadStore.ts';

const open = () => Promise.resolve({ catalogue: memoryCatalogue(), close: () => Promise.resolve() });
describeCatalogue('memoryCatalogue', open);
describeThreadStore('memoryCatalogue', open);
