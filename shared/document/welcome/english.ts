import {
  blockquote,
  body,
  bold,
  bulletList,
  callout,
  code,
  crossReference,
  details,
  figure,
  footnote,
  heading,
  italic,
  mathInline,
  noteLink,
  orderedList,
  paragraph,
  table,
  taskList,
} from '../buildContent.ts';
import type { BodyNode } from '../noteContent.ts';

type Key = 'welcome' | 'together' | 'links' | 'carnets' | 'history' | 'book';
type IdOf = (key: Key) => string;

function welcome(idOf: IdOf): BodyNode {
  return body(
    paragraph(
      'Calepin is a place to write together, to keep what you learn, and to turn it into books. The notes in this carnet take ten minutes to read. They are yours: correct them, add to them, cut from them.',
    ),
    heading(1, 'Read first, write second'),
    paragraph(
      'A note opens for reading. To change it, choose “Edit” at the top of the page or press ',
      code('E'),
      '. ',
      code('Esc'),
      ' brings you back to reading.',
    ),
    paragraph(
      'While writing, type ',
      code('/'),
      ' at the start of a line: everything that a note can hold is listed there. Markdown habits work too: ',
      code('#'),
      ' and a space make a heading, ',
      code('-'),
      ' a list, ',
      code('>'),
      ' a quotation.',
    ),
    heading(1, 'Is your text safe?'),
    paragraph(
      'Saving never stops. A few words at the top of the page always say where your text stands, and never make it sound better than it is.',
    ),
    figure(
      'table',
      'The states of a note',
      [
        table(
          ['What it says', 'What it means'],
          ['Saving', 'You have just typed. It takes a moment.'],
          ['Saved on this device', 'Your text is on this computer, even if the power goes out.'],
          ['Saved', 'Your text is where the note lives. It can no longer be lost.'],
          ['Offline', 'The connection is gone. Carry on: everything will be sent when it returns.'],
        ),
      ],
      'states',
    ),
    heading(1, 'To begin'),
    taskList(
      { done: true, item: 'Open this note' },
      { done: false, item: ['Tick this box, by way of the ', code('E'), ' key'] },
      { done: false, item: ['Invite someone, as explained in “', noteLink(idOf('together')), '”'] },
      { done: false, item: ['Link two ideas: ', noteLink(idOf('links'))] },
      { done: false, item: ['Gather some notes: ', noteLink(idOf('carnets'))] },
      { done: false, item: ['Find a deleted passage again: ', noteLink(idOf('history'))] },
      { done: false, item: ['Print it all: ', noteLink(idOf('book'))] },
    ),
    callout(
      'tip',
      paragraph(
        'If you remember one shortcut, make it ',
        code('Ctrl+K'),
        '. It opens the palette, where every note and every command is found by name. Press ',
        code('?'),
        ' for all the others.',
      ),
    ),
  );
}

function together(idOf: IdOf): BodyNode {
  return body(
    paragraph(
      'A note can have several authors. Everyone writes at the same time, in the same text: nobody waits for a turn, and there are no copies to reconcile.',
    ),
    heading(1, 'Inviting someone'),
    orderedList(
      'Choose “Share” at the top of the page.',
      'Copy the invitation link and send it by e-mail, or however you like.',
      'The person picks a name and a colour, once, and writes with you.',
    ),
    callout(
      'warning',
      paragraph(
        'Whoever has the link can come in. Send it to the people you want to write with, and to no one else.',
      ),
    ),
    heading(1, 'Seeing each other write'),
    paragraph(
      'The faces at the top of the page tell you who is here. Each person has a colour, and a name beside the cursor. What others type moves neither your cursor nor your page.',
    ),
    paragraph(
      'Undo (',
      code('Ctrl+Z'),
      ') takes back ',
      italic('your own'),
      ' changes only',
      footnote(
        'So you can take back a sentence without wiping out the one that somebody else is typing. To undo the work of others, use the history: that is an act everyone can see.',
      ),
      '.',
    ),
    heading(1, 'Who can see what'),
    paragraph(
      'A new note is visible to its authors alone. Its visibility is always written beside the title and in the panel on the right. Nothing becomes public by accident.',
    ),
    heading(1, 'Without a connection'),
    paragraph(
      'On the train, at the cabin, in a room with no network: keep writing. When the connection returns, your text joins that of the others, and ',
      bold('both are kept'),
      '. The word “Offline” shows for as long as it lasts; ',
      noteLink(idOf('welcome')),
      ' explains it.',
    ),
  );
}

function links(idOf: IdOf): BodyNode {
  return body(
    paragraph(
      'An idea is worth the ideas it touches. Linking two notes should take less time than thinking of it.',
    ),
    heading(1, 'Two brackets will do'),
    paragraph(
      'While writing, type ',
      code('[['),
      ' and the first letters of a title. Pick the note from the list, and the link is made. Here is one to ',
      noteLink(idOf('carnets')),
      '.',
    ),
    callout(
      'info',
      paragraph(
        'A link does not hold a title but the note itself. Rename the note, and the new title appears wherever it is mentioned. Try it with this one.',
      ),
    ),
    heading(1, 'The way back'),
    paragraph(
      'In the panel on the right, each note shows the notes that mention it. That is how, months later, you find a meeting, a book, a hunch.',
    ),
    blockquote(
      paragraph(
        'We do not file things to put them away; we file them to find them. And links find better than drawers do.',
      ),
    ),
    heading(1, 'Three good habits'),
    bulletList(
      [bold('One note, one idea.'), ' A short note is easier to link than a long one.'],
      [
        bold('A title that says something.'),
        ' “Meeting, March 12” gets lost; “Why we kept Mondays” gets found.',
      ],
      [
        bold('Link as you reread.'),
        ' When you open an old note, give it the link that you wish had been there.',
      ],
    ),
  );
}

function carnets(idOf: IdOf): BodyNode {
  return body(
    paragraph(
      'A carnet gathers notes around a project, a course, a committee. It is not a folder: the same note can live in several carnets at once, without being copied.',
    ),
    figure(
      'table',
      'Folder or carnet?',
      [
        table(
          ['', 'A folder', 'A carnet'],
          ['Where is the note?', 'In one place', 'Wherever it is useful'],
          ['Correcting it', 'Correct every copy', 'Once, for everyone'],
          ['The order', 'By name or by date', 'The one that you compose'],
          ['In the end', 'A pile of files', ['A book: ', noteLink(idOf('book'))]],
        ),
      ],
      'folder',
    ),
    heading(1, 'Integrating a note'),
    paragraph(
      'From a note, the panel on the right shows the carnets that hold it and lets you integrate it into another. The act is dated and signed: “integrated by Ana, 5 March 2024 10:41”. It does not modify the note.',
    ),
    heading(1, 'Composing'),
    bulletList(
      'Give each note a category of its own in this carnet.',
      'Move notes with the mouse or the keyboard: the order of the carnet will be that of the book.',
      'Pin at the top the ones to be read first.',
    ),
    details(
      'What if I remove a note from a carnet?',
      paragraph(
        'It leaves that carnet, and that carnet only. Its text, its history and its other carnets are untouched.',
      ),
    ),
  );
}

function history(idOf: IdOf): BodyNode {
  return body(
    paragraph(
      'Nothing that was written is ever quite lost. Each note keeps its whole history: who wrote what, and when.',
    ),
    heading(1, 'Versions without a thought'),
    paragraph(
      'At the end of each sitting a version is kept by itself. To mark a moment that matters, a text submitted or a decision taken, choose “Save a version” (',
      code('Ctrl+S'),
      ') and give it a name.',
    ),
    heading(1, 'Comparing'),
    paragraph(
      'Open the history from the panel on the right and choose a version: words added and removed appear in the colour of whoever wrote or deleted them. A paragraph that was moved is said to have moved, not to have been deleted and written again.',
    ),
    heading(1, 'Restoring without destroying'),
    paragraph(
      'Restoring a version means writing one more version, like the old one. What was done since stays in the history, and the restoration itself can be taken back.',
    ),
    callout(
      'tip',
      paragraph('Before a big clean-up, name a version. One cuts more boldly knowing that nothing is lost.'),
    ),
    paragraph('Last stop: ', noteLink(idOf('book')), '.'),
  );
}

function book(idOf: IdOf): BodyNode {
  return body(
    paragraph(
      'A carnet prints in one act. Open the menu of a carnet, choose “Export as PDF” and a page size: Calepin sets the cover, the table of contents with its true page numbers, the running heads and the links.',
    ),
    heading(1, 'What the book can do'),
    bulletList(
      'Links between notes lead to the right page.',
      'Long tables repeat their header on each page.',
      'Words break by the rules of English, or of French in a French note.',
      'A screen reader finds its headings, its lists and its images described.',
    ),
    figure(
      'table',
      'Page sizes',
      [
        table(
          ['Size', 'Width', 'Height', 'For'],
          ['Letter', '216 mm', '279 mm', 'the office printer'],
          ['A4', '210 mm', '297 mm', 'the printer, elsewhere'],
          ['A5', '148 mm', '210 mm', 'a book to hold in the hand'],
        ),
      ],
      'sizes',
    ),
    heading(1, 'What you can put in it'),
    paragraph(
      'Footnotes',
      footnote(
        'Here is one. In the book it joins the others at the end of the note, and its number leads back to the text.',
      ),
      ', formulas such as ',
      mathInline('a^2 + b^2 = c^2'),
      ', pictures with captions, and references that keep themselves up to date, like this one to ',
      crossReference('sizes'),
      '.',
    ),
    callout(
      'info',
      paragraph(
        'A single note can be exported too. Try it with this one, then go back to ',
        noteLink(idOf('welcome')),
        '. When this carnet is of no more use to you, move it to the trash.',
      ),
    ),
  );
}

/** The welcome carnet in English: written for it, not translated. */
export const englishWelcome = {
  language: 'en',
  title: 'First steps',
  description:
    'Six short notes to get to know Calepin. Change them, add your own, or move this carnet to the trash: it was written to be used, not to be kept.',
  notes: [
    { key: 'welcome', title: 'Welcome to Calepin', body: welcome },
    { key: 'together', title: 'Writing together', body: together },
    { key: 'links', title: 'Linking notes', body: links },
    { key: 'carnets', title: 'Carnets, not folders', body: carnets },
    { key: 'history', title: 'Going back', body: history },
    { key: 'book', title: 'From carnet to book', body: book },
  ],
} as const;
