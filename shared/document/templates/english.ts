import { body, bulletList, callout, heading, orderedList, paragraph, table } from '../buildContent.ts';
import type { BuiltInTemplate, BuiltInTemplateKey } from './BuiltInTemplate.ts';

/** What is to be written behind a label. */
const after = (label: string): string => `${label}: `;

export const englishTemplates: Readonly<Record<BuiltInTemplateKey, BuiltInTemplate>> = {
  meeting: {
    title: 'Meeting notes',
    body: body(
      paragraph(after('Date, time and place')),
      heading(1, 'Who was there'),
      bulletList(after('Present'), after('Absent'), after('Facilitation'), after('Notes taken by')),
      heading(1, 'Agenda'),
      orderedList('Welcome and round table', 'Follow-up of the last meeting', 'Next meeting'),
      heading(1, 'What was said'),
      callout(
        'tip',
        paragraph(
          'One heading for each item, the essence in a few sentences. Name somebody only if they agree.',
        ),
      ),
      paragraph(),
      heading(1, 'Decisions'),
      bulletList(after('Decision')),
      heading(1, 'To do'),
      table(['What', 'Who', 'By when'], ['', '', ''], ['', '', '']),
      heading(1, 'Next meeting'),
      paragraph(after('Date, time and place')),
    ),
  },
  guide: {
    title: 'How-to sheet',
    body: body(
      heading(1, 'In short'),
      paragraph('In two or three sentences, what this sheet lets people do.'),
      heading(1, 'For whom, and when'),
      bulletList(after('Who it is for'), after('In which situation'), after('Time to allow')),
      heading(1, 'What it takes'),
      bulletList('People', 'Material', 'A place'),
      heading(1, 'Steps'),
      orderedList('Prepare', 'Do', 'Look back on what happened'),
      heading(1, 'Mind'),
      callout('warning', paragraph('What often goes wrong, and how to avoid it.')),
      heading(1, 'Make it accessible'),
      paragraph('What helps each person take part: place, schedule, language, cost, child care.'),
      heading(1, 'Further reading'),
      bulletList('A note, a site, somebody to write to'),
    ),
  },
  minutes: {
    title: 'Minutes',
    body: body(
      paragraph(after('Body')),
      paragraph(after('Date, time and place')),
      heading(1, 'Opening and quorum'),
      paragraph(
        'Opened at …, by … (chair). People entitled to vote who are present: …; quorum reached: yes / no.',
      ),
      bulletList(after('Chair'), after('Secretary'), after('Present'), after('Absent')),
      heading(1, 'Agenda'),
      orderedList('Adoption of the agenda', 'Adoption of the minutes of the last meeting', 'Adjournment'),
      paragraph('The agenda is moved by …, seconded by … and carried unanimously.'),
      heading(1, 'Minutes of the last meeting'),
      paragraph('Moved by …, seconded by …. Carried unanimously.'),
      heading(1, 'Resolutions'),
      table(
        ['Number', 'Resolution', 'Moved by', 'Seconded by', 'Vote'],
        ['1', 'Resolved that …', '', '', 'Carried'],
      ),
      heading(1, 'Follow-up'),
      table(['What', 'Who', 'By when'], ['', '', '']),
      heading(1, 'Adjournment'),
      paragraph('Adjournment is moved by … at ….'),
      paragraph(after('Signatures of the chair and the secretary')),
    ),
  },
};
