import { expect, onTestFinished, test } from 'vitest';
import { writeLetter } from '#server/accounts/letters.ts';
import { printingMailer } from '#server/accounts/Mailer.ts';
import { smtpMailer } from '#server/accounts/smtpMailer.ts';
import { newMailServer } from '../../../support/newMailServer.ts';

const link = 'https://notes.exemple.org/verify#secret-of-the-link';

test('a letter goes to one address, as plain text with its link', async () => {
  const server = await newMailServer();
  const mailer = smtpMailer(server.url, 'calepin@exemple.org');
  onTestFinished(() => mailer.close());
  expect(mailer.reaches).toBe(true);
  await mailer.send('ada@exemple.org', writeLetter({ kind: 'verification', url: link }, 'en'), link);
  expect(server.said).toEqual(
    expect.arrayContaining([
      'MAIL FROM:<calepin@exemple.org>',
      'RCPT TO:<ada@exemple.org>',
      'Subject: Confirm your address for Calepin',
    ]),
  );
  // As it is written in a letter: long lines are cut, and signs escaped.
  const text = server.said.join('\n').replaceAll('=\n', '').replaceAll('=3D', '=');
  expect(text).toContain(link);
  expect(server.said.filter((line) => line.startsWith('RCPT'))).toHaveLength(1);
});

test('an address that is a list reaches nobody else', async () => {
  const server = await newMailServer();
  const mailer = smtpMailer(server.url, 'calepin@exemple.org');
  onTestFinished(() => mailer.close());
  const letter = writeLetter({ kind: 'recovery', url: link }, 'fr');
  await mailer.send('ada@exemple.org, eve@exemple.org', letter, link).catch(() => undefined);
  expect(server.said.filter((line) => line.startsWith('RCPT TO:<eve'))).toEqual([]);
});

test('a letter about notices comes as text and HTML, and says how to stop such letters', async () => {
  const server = await newMailServer();
  const mailer = smtpMailer(server.url, 'calepin@exemple.org');
  onTestFinished(() => mailer.close());
  const unsubscribe = 'https://notes.exemple.org/unsubscribe/abc.def';
  const letter = {
    subject: 'Deux\r\nBcc: eve@exemple.org',
    text: 'Bonjour',
    html: '<p>Bonjour</p>',
    unsubscribe,
  };
  await mailer.send('ada@exemple.org', letter, link);
  expect(server.said).toEqual(
    expect.arrayContaining([
      `List-Unsubscribe: <${unsubscribe}>`,
      'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
      'Subject: Deux Bcc: eve@exemple.org',
    ]),
  );
  const types = server.said
    .filter((line) => line.startsWith('Content-Type:'))
    .map((line) => line.split(/[:;]/)[1]);
  expect(types).toEqual([' multipart/alternative', ' text/plain', ' text/html']);
});

test('a refusal of the mail server is told', async () => {
  const server = await newMailServer(true);
  const mailer = smtpMailer(server.url, 'calepin@exemple.org');
  onTestFinished(() => mailer.close());
  const letter = writeLetter({ kind: 'recovery', url: link }, 'fr');
  await expect(mailer.send('ada@exemple.org', letter, link)).rejects.toMatchObject({ code: 'EENVELOPE' });
});

test('without a mail server the link is printed, and it is said so', async () => {
  const lines: string[] = [];
  const mailer = printingMailer((line) => lines.push(line));
  expect(mailer.reaches).toBe(false);
  await mailer.send('ada@exemple.org', writeLetter({ kind: 'recovery', url: link }, 'fr'), link);
  expect(lines).toEqual([
    `No mail is sent, because CALEPIN_SMTP_URL is not set. « Choisissez un nouveau mot de passe pour Calepin »: give this link to ada@exemple.org yourself: ${link}`,
  ]);
});
