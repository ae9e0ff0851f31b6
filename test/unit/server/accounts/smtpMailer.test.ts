import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test } from 'vitest';
import { writeLetter } from '#server/accounts/letters.ts';
import { printingMailer } from '#server/accounts/Mailer.ts';
import { smtpMailer } from '#server/accounts/smtpMailer.ts';

/** A mail server that takes every letter (or refuses every address), and keeps what it is told. */
async function newMailServer(refuses = false) {
  const said: string[] = [];
  const server = createServer((socket) => {
    let inLetter = false;
    socket.write('220 mail.test\r\n');
    createInterface({ input: socket }).on('line', (line) => {
      said.push(line);
      if (inLetter) {
        if (line !== '.') return;
        inLetter = false;
        socket.write('250 kept\r\n');
      } else if (line === 'DATA') {
        inLetter = true;
        socket.write('354 go on\r\n');
      } else if (line === 'QUIT') socket.end('221 bye\r\n');
      else if (refuses && line.startsWith('RCPT')) socket.write('550 nobody here\r\n');
      else socket.write('250 ok\r\n');
    });
    socket.on('error', () => undefined);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { said, url: `smtp://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

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
