import { expect, test } from 'vitest';
import { readMeetingCode, showMeetingCode } from '#shared/domain/meetingCode.ts';

test('a code is read in any case, grouped or not, with the letters that look like digits', () => {
  const code = 'K7QM2X1D940R';
  for (const typed of ['K7QM-2X1D-940R', 'k7qm 2xid 94or', '  k7qm2xld94Or ', 'K7QM–2X1D–940R'])
    expect(readMeetingCode(typed)).toBe(code);
});

test('what is too short, too long or has another letter is none', () => {
  for (const typed of ['', 'K7QM-2X1D', 'K7QM-2X1D-940R-1', 'K7QM-2X1D-940U', 'é7QM-2X1D-940R'])
    expect(readMeetingCode(typed)).toBeNull();
});

test('it is shown in three groups', () => {
  expect(showMeetingCode('K7QM2X1D940R')).toBe('K7QM-2X1D-940R');
});
