import { expect, test } from 'vitest';
import { writeCsv } from '#server/export/csv.ts';

async function* parts<T>(...all: T[]): AsyncGenerator<T> {
  yield* all;
}

async function text(language: 'fr' | 'en', ...rows: (string | number | null)[][][]): Promise<string> {
  const bytes: Uint8Array[] = [];
  for await (const part of writeCsv(['Qui', 'Quoi'], parts(...rows), language)) bytes.push(part);
  return Buffer.concat(bytes).toString('utf8');
}

test('begins with a byte order mark, ends its lines as spreadsheets do, and parts columns as the language does', async () => {
  expect(await text('fr', [['Été', 3]], [[null, 'a,b']])).toBe('\uFEFFQui;Quoi\r\nÉté;3\r\n;a,b\r\n');
  expect(await text('en', [['a;b', 'a,b']])).toBe('\uFEFFQui,Quoi\r\na;b,"a,b"\r\n');
});

test('quotes what would end a cell', async () => {
  expect(await text('fr', [['Dit « "oui" »', 'deux\nlignes; et plus']])).toBe(
    '\uFEFFQui;Quoi\r\n"Dit « ""oui"" »";"deux\nlignes; et plus"\r\n',
  );
});

test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1'])(
  'no cell is run as a formula: %j',
  async (formula) => {
    const [, line = ''] = (await text('fr', [[formula, null]])).split(/(?<=Quoi\r\n)/);
    expect(line.replace(/^"/, '').startsWith("'")).toBe(true);
  },
);

test('reads each part when the one before it is taken', async () => {
  let read = 0;
  async function* counted() {
    for (;;) {
      read += 1;
      yield [[String(read)]];
    }
  }
  const file = writeCsv(['n'], counted(), 'fr');
  await file.next();
  expect(read).toBe(0);
  await file.next();
  expect(read).toBe(1);
  await file.return(undefined);
});
