import type { Translation } from '../Translation.ts';
import type { collaboration as french } from '../fr/collaboration.ts';

export const collaboration: Translation<typeof french> = {
  saving: {
    label: 'State of saving',
    opening: 'Opening…',
    editing: 'Editing',
    savedHere: 'Saved on this device',
    waiting: 'Saved on this computer',
    saved: 'Saved',
    offline: 'Offline: {{reason}}',
  },
  savingDetail: {
    opening: 'The document is opening.',
    editing: 'Your last words are still in this window; they will be kept in a moment.',
    savedHere: 'Your last words are kept on this device and on their way.',
    waiting: 'What you wrote is kept on this computer and waits to reach the others.',
    saved: 'Everything you wrote has arrived and is durably kept.',
    pendingNone: 'Everything you wrote here was already saved.',
    pendingHere: 'What you wrote is kept on this device and will leave as soon as it can.',
    pendingMemory: 'Your last words are in this window alone: do not close it.',
    notKept:
      'This browser does not allow anything to be kept on this device: do not close the window before it says “Saved”.',
  },
  offline: {
    unreachable: 'Calepin does not answer',
    no_network: 'this device has no network',
    link_lost: 'the connection stopped answering',
    restarting: 'Calepin is restarting',
    storage: 'nothing can be saved for now',
    too_fast: 'too many changes at once, resuming in a moment',
    too_many_open: 'too many notes open at once, resuming in a moment',
    slow_reader: 'the connection is too slow, resuming in a moment',
    resync: 'resuming the connection',
    refused: 'a change was refused',
    damaged: 'the document is damaged',
    ended: 'the connection has ended',
  },
  problem: {
    malformed:
      'The exchange with Calepin went wrong. What you wrote is kept on this device. Reload the page.',
    not_signed_in:
      'Your session has ended. What you wrote is kept on this device. Open your link again to come in.',
    not_allowed:
      'This document is no longer open to you. Your unsent words are set aside for you. Ask one of its authors for access.',
    read_only:
      'You can read this document, but no longer write in it. Your unsent words are set aside for you. Ask one of its authors to let you write again.',
    locked:
      'This note was locked as adopted: nobody writes in it any more. Your unsent words are set aside for you. One of its authors can open it again.',
    epoch_changed:
      'This document was restored from a backup. Your unsent changes are set aside. Take from them what is missing.',
    client_id_taken:
      'The document had to be opened again. Your unsent words are set aside. Go on, and take from them what is missing.',
    too_large:
      'A change was too large to be saved. It is set aside on this device. Bring it back in smaller pieces.',
    invalid_content:
      'A change could not be accepted. It is set aside on this device. Take its text from there.',
    document_damaged:
      'This document is set aside and can no longer be edited. What this device has of it beyond that is kept here, and nothing is erased. Tell the person who runs this Calepin.',
    app_outdated:
      'This document holds things that this version of Calepin does not know. Nothing in it is changed. Update the application to edit it.',
    unknown_content:
      'The copy of this document on this device holds things that this version of Calepin does not know. It can be read, and nothing in it is changed. If they were taken out since, you can write in it again as soon as the connection is back.',
    local_copy_damaged:
      'The copy of this document on this device is damaged. What could be read of your unsent words is set aside, and nothing is erased. Take from it what is missing; if the document does not open, reload the page.',
  },
  passing: {
    resync: 'The connection resumed from a safe point. What you wrote is kept. There is nothing to do.',
    storage:
      'Calepin cannot save anything for now. What you wrote stays on this device and will leave as soon as it can. If it lasts, tell the person who runs this Calepin.',
    slow_reader:
      'The connection cannot keep up. What you wrote is kept on this device. It resumes by itself.',
    too_fast: 'Too many changes left at once. They are kept on this device. It resumes by itself.',
    too_many_open:
      'Too many notes are open, or opening, at once. What you wrote is kept on this device. It resumes by itself; close some tabs if it lasts.',
    restarting:
      'Calepin is restarting. What you wrote is kept on this device and will leave when it is back. You can go on.',
  },
  setAside: {
    note: {
      damaged:
        'This note is damaged: you are reading what can still be read of it, and it can no longer be edited. Nothing of it is erased. The person who runs this Calepin can recover it from a backup.',
      damagedElsewhere:
        'This note is damaged in Calepin. You are reading this device’s copy, which has kept more of it; it can no longer be edited, and nothing of it is erased. Tell the person who runs this Calepin.',
      storage: 'Saving is out of order: this note can be read but not edited for now.',
      invalid_content: 'Some content of this note was not accepted. It can be read but not edited for now.',
      goodState: 'Its last good state is of {{date}}. The history keeps what was written since.',
    },
    carnet: {
      damaged:
        'This carnet is damaged: it is shown as it was, and can no longer be edited. Its notes are intact. The person who runs this Calepin can recover it from a backup.',
      storage: 'Saving is out of order: this carnet can be read but not edited for now.',
      invalid_content: 'Some content of this carnet was not accepted. It can be read but not edited for now.',
      goodState:
        'Its last good state is of {{date}}. What changed in it since will be undone; its notes stay as they are.',
    },
    base: {
      damaged:
        'This base is damaged: it is shown as it was, and can no longer be edited. Its carnets are intact. The person who runs this Calepin can recover it from a backup.',
      storage: 'Saving is out of order: this base can be read but not edited for now.',
      invalid_content: 'Some content of this base was not accepted. It can be read but not edited for now.',
      goodState:
        'Its last good state is of {{date}}. What changed in it since will be undone; its carnets stay as they are.',
    },
    goodStateIsShown:
      'Part of it rests on what Calepin never received, and cannot be shown. Going back leaves that out and keeps everything that you read; what was not saved yet elsewhere will be kept there in a recovered copy.',
    back: 'Back to the last good state',
  },
  doubt: {
    shorter:
      'Calepin had signed more rows of this document’s log than it has now. What this device had of it is kept, and was sent back. Copy the proof and show it to the person who runs this Calepin.',
    altered:
      'The log of this document is no longer the one that Calepin had signed. Your copy on this device is intact. Copy the proof and show it to the person who runs this Calepin.',
    other_key:
      'This Calepin no longer signs with the key that this device knows. Nothing is lost and you can go on. Ask the person who runs it whether the key was changed.',
    copy: 'Copy the proof',
    copied: 'Proof copied',
    copyFailed: 'Copying did not succeed',
    seen: 'I understand',
  },
  people: {
    label: 'People here',
    self: '{{name}} (you)',
    writing: '{{name}}, in the text',
    more_one: '{{count}} other person',
    more_other: '{{count}} other people',
  },
  recovered: {
    title: 'Recovered copy',
    notice_one: 'Some words could not join this document. They are kept on this device in a recovered copy.',
    notice_other:
      'Some words could not join this document. They are kept on this device in {{count}} recovered copies.',
    noticeAll_one:
      'Some words could not join their document. They are kept on this device in a recovered copy.',
    noticeAll_other:
      'Some words could not join their document. They are kept on this device in {{count}} recovered copies.',
    show: 'See the copy',
    from: 'Kept on {{date}}',
    help: 'Copy what is missing, paste it into the document, then throw the copy away.',
    empty: 'This copy holds no text.',
    text: 'Text of the copy',
    copy: 'Copy',
    copied: 'Copied',
    copyFailed: 'Copying did not work: select the text and copy it with the keyboard.',
    remove: 'Throw the copy away',
    removeConfirm: 'Throw away for good?',
    close: 'Close',
  },
  outdated: {
    title: 'Update the application',
    readOnly: 'Read only',
    reload: 'Reload the page',
    unavailable: 'The text cannot be shown for now. It is safe. Try again in a moment.',
    retry: 'Try again',
  },
};
