import { memoryCatalogue } from '#server/storage/memory/memoryCatalogue.ts';
import { describeCatalogue } from './catalogue.ts';
import { describeIdentityStore } from './identityStore.ts';
import { describeMeetingStore } from './meetingStore.ts';
import { describeMirrorStore } from './mirrorStore.ts';
import { describeStatementStore } from './statementStore.ts';
import { describeThreadStore } from './threadStore.ts';

const open = () => Promise.resolve({ catalogue: memoryCatalogue(), close: () => Promise.resolve() });
describeCatalogue('memoryCatalogue', open);
describeThreadStore('memoryCatalogue', open);
describeIdentityStore('memoryCatalogue', open);
describeMeetingStore('memoryCatalogue', open);
describeMirrorStore('memoryCatalogue', open);
describeStatementStore('memoryCatalogue', open);
