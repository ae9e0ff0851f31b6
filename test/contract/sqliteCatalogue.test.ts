import path from 'node:path';
import { sqliteCatalogue } from '#server/storage/sqlite/catalogue/sqliteCatalogue.ts';
import { newDatabase } from '../support/newDatabase.ts';
import { describeCatalogue } from './catalogue.ts';
import { describeIdentityStore } from './identityStore.ts';
import { describeMeetingStore } from './meetingStore.ts';
import { describeMirrorStore } from './mirrorStore.ts';
import { describeStatementStore } from './statementStore.ts';
import { describeThreadStore } from './threadStore.ts';

const open = async () => {
  const { database, file, close } = await newDatabase();
  return { catalogue: sqliteCatalogue(database, path.dirname(file)), close };
};
describeCatalogue('sqliteCatalogue', open);
describeThreadStore('sqliteCatalogue', open);
describeIdentityStore('sqliteCatalogue', open);
describeMeetingStore('sqliteCatalogue', open);
describeMirrorStore('sqliteCatalogue', open);
describeStatementStore('sqliteCatalogue', open);
