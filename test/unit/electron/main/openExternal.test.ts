import { expect, it } from 'vitest';
import { createOpenExternal, externalAddress } from '../../../../electron/main/openExternal.ts';
import { newRandom } from '../../../support/random.ts';

function opening(hasGesture = true) {
  const opened: string[] = [];
  let asked = 0;
  const openExternal = createOpenExternal({ openExternal: async (url) => void opened.push(url) }, () => {
    asked += 1;
    return hasGesture;
  });
  return { openExternal, opened, asked: () => asked };
}

it('opens web and mail addresses that a person has just asked for', async () => {
  const { openExternal, opened } = opening();
  const good = ['https://exemple.org/page', 'http://exemple.org/', 'mailto:a@exemple.org?subject=Bonjour'];
  for (const address of good) expect(await openExternal(address, 1)).toBe(true);
  expect(opened).toEqual(good);
});

it('opens nothing that nobody asked for, and does not use a gesture up for what is refused anyway', async () => {
  const { openExternal, opened, asked } = opening(false);
  expect(await openExternal('file:///etc/passwd', 1)).toBe(false);
  expect(asked()).toBe(0);
  expect(await openExternal('https://exemple.org/', 1)).toBe(false);
  expect([asked(), opened]).toEqual([1, []]);
});

it.each([
  'javascript:alert(1)',
  'file:///etc/passwd',
  'app://bundle/',
  'not an address',
  'https://banque.example@ailleurs.example/',
  'https://:secret@exemple.org/',
  'mailto:a@exemple.org?attach=/etc/passwd',
  'mailto:a@exemple.org?subject=x&Attachment=c:%5Ca',
  `https://exemple.org/${'a'.repeat(2_048)}`,
  // Short as it is written, too long as it is opened.
  `https://exemple.org/${'é'.repeat(700)}`,
])('refuses %.60s', (address) => {
  expect(externalAddress(address)).toBeNull();
});

/** Schemes that a system hands to a program, and ways to hide one. */
const schemes =
  'javascript vbscript data file app blob about chrome view-source ftp sftp smb ssh telnet ldap ms-msdt search-ms ms-officecmd ms-excel steam zoommtg tel sms facetime itms-services intent content jar mhtml shell res cmd powershell x-apple.systempreferences calepin http https mailto'.split(
    ' ',
  );
const noises = [
  '',
  ' ',
  '\t',
  '\n',
  '\r\n',
  '\u0000',
  '\u200B',
  '\u202E',
  '%0a',
  '\u001F',
  '\uFEFF',
  '::',
  '/',
  '\\',
];
const rests = [
  '//exemple.org/',
  'alert(1)',
  '//a@b@c/',
  '\\\\host\\share',
  '//[::1]:99999/',
  '//%00/',
  'x',
  '',
  '///etc/passwd',
  '//exemple.org:80:80/',
  '//ｅｘｅｍｐｌｅ.org/',
  '//exemple.org/\'";&|`$(x)',
  '?attach=/etc/passwd',
];

it('of 2,000 hostile links, opens those that are plainly of the web or of mail, written as they are read', async () => {
  const random = newRandom(20_260_726);
  const { openExternal, opened } = opening();
  const noise = (): string => (random.chance(0.3) ? random.pick(noises) : '');
  for (let tried = 0; tried < 2_000; tried += 1) {
    const scheme = [...random.pick(random.chance(0.3) ? ['https', 'http', 'mailto'] : schemes)]
      .map((letter) => (random.int(30) === 0 ? letter.toUpperCase() + random.pick(noises) : letter))
      .join('');
    const link = `${noise()}${scheme}${noise()}:${noise()}${random.pick(rests)}`;
    const before = opened.length;
    expect(await openExternal(link, 1)).toBe(opened.length > before);
  }
  expect(opened.length).toBeGreaterThan(20);
  for (const address of opened) {
    // Nothing that a shell, a terminal or an eye would read otherwise.
    expect(address).toMatch(/^(https?:\/\/[^@\s"<>\\^`{|}/]+\/|mailto:(?!\/))[!#-;=?-[\]^_`a-z{|}~]*$/);
    expect(address.length).toBeLessThanOrEqual(2_048);
  }
});
