import { type MouseEvent, type ReactNode } from 'react';
import { attributeChoice, attributeNumber, attributeText } from '#shared/document/bodyAccess.ts';
import type { BodyMark, BodyNode } from '#shared/document/noteContent.ts';
import { safeHref } from '#shared/document/safeHref.ts';
import { highlightColours, languagePattern } from '#shared/document/vocabulary.ts';
import { useEditorServices } from '../EditorServices.ts';
import { useNoteTitle } from '../NoteTitles.ts';
import { useEditorText } from '../texts.ts';
import { formattingWords } from './formattingWords.ts';
import { MathText } from './MathText.tsx';
import { useReader } from './ReaderContext.ts';

/** What stands in a line: text with its marks, links, formulas, calls of notes. */
export function InlineContent({ nodes }: { nodes: readonly BodyNode[] | undefined }) {
  return (nodes ?? []).map((node, at) => (
    <Marked key={at} marks={node.marks}>
      {node.type === 'text' ? (
        (node.text ?? '')
      ) : (
        // One letter to who speaks of a passage, whatever it says.
        <span data-atom="">
          <InlineNode node={node} />
        </span>
      )}
    </Marked>
  ));
}

function InlineNode({ node }: { node: BodyNode }) {
  const { numbering, labels, idPrefix } = useReader();
  switch (node.type) {
    case 'hardBreak':
      return <br />;
    case 'mathInline':
      return <MathText latex={attributeText(node, 'latex') ?? ''} isDisplay={false} />;
    case 'footnote': {
      const number = numbering.footnotes.get(node);
      if (number === undefined) return null;
      return (
        <sup className="note-call">
          <a
            id={`${idPrefix}call-${number}`}
            href={`#${idPrefix}note-${number}`}
            role="doc-noteref"
            aria-label={labels.footnoteCall(number)}
          >
            {number}
          </a>
        </sup>
      );
    }
    case 'noteLink':
      return <NoteLink noteId={attributeText(node, 'noteId')} words={attributeText(node, 'text')} />;
    case 'mention':
      return <span className="mention">@{attributeText(node, 'name')}</span>;
    case 'crossReference': {
      const label = attributeText(node, 'label');
      const target = label === null ? undefined : numbering.references.get(label);
      if (!target) return <span className="missing-reference">{labels.missingReference}</span>;
      const form = attributeChoice(node, 'form', ['number', 'title', 'page']);
      return (
        <a className="cross-reference" href={`#${idPrefix}ref-${target.label}`}>
          {form === 'title' && target.title ? target.title : labels.reference(target)}
        </a>
      );
    }
    default:
      return <InlineContent nodes={node.content} />;
  }
}

function NoteLink({ noteId, words }: { noteId: string | null; words: string | null }) {
  const { labels } = useReader();
  return noteId === null ? (
    <span className="note-link is-unavailable">{words ?? labels.hiddenNote}</span>
  ) : (
    <KnownNoteLink noteId={noteId} words={words} />
  );
}

function KnownNoteLink({ noteId, words }: { noteId: string; words: string | null }) {
  const { labels } = useReader();
  const services = useEditorServices();
  const known = useNoteTitle(noteId);
  if (known.state === 'unavailable')
    return (
      <span className="note-link is-unavailable" data-note={noteId}>
        {words ?? labels.hiddenNote}
      </span>
    );
  const title = known.state === 'known' ? known.title || labels.untitled : '…';
  const open = (event: MouseEvent) => {
    // A click with a modifier opens another tab, as everywhere.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    services.openNote(noteId);
  };
  return (
    <a className="note-link" data-note={noteId} href={services.noteUrl(noteId)} onClick={open}>
      {words ?? title}
    </a>
  );
}

const tags: Readonly<Record<string, 'strong' | 'em' | 'u' | 's' | 'code' | 'sub' | 'sup'>> = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strike: 's',
  code: 'code',
  subscript: 'sub',
  superscript: 'sup',
};

/** Puts the marks of a text around it, the first one outermost. */
function Marked({ marks, children }: { marks: readonly BodyMark[] | undefined; children: ReactNode }) {
  return (marks ?? []).reduceRight<ReactNode>(
    (inside, mark) => <OneMark mark={mark}>{inside}</OneMark>,
    children,
  );
}

function OneMark({ mark, children }: { mark: BodyMark; children: ReactNode }) {
  const Tag = tags[mark.type];
  if (Tag) return <Tag>{children}</Tag>;
  switch (mark.type) {
    case 'link':
      return <SafeLink href={mark.attrs?.['href']}>{children}</SafeLink>;
    case 'highlight': {
      const colour = highlightColours.find((name) => name === mark.attrs?.['color']) ?? highlightColours[0];
      return <mark data-color={colour}>{children}</mark>;
    }
    case 'language': {
      const lang = attributeText(mark, 'lang');
      return <span lang={lang !== null && languagePattern.test(lang) ? lang : undefined}>{children}</span>;
    }
    case 'added':
    case 'removed':
    case 'formatted':
      return (
        <Changed
          mark={mark}
          kind={mark.type}
          personId={attributeText(mark, 'person')}
          number={attributeNumber(mark, 'number')}
        >
          {children}
        </Changed>
      );
    case 'found':
      return (
        <mark className="found" aria-current={mark.attrs?.['isChosen'] === true ? 'true' : undefined}>
          {children}
        </mark>
      );
    case 'authored':
      return <Authored mark={mark}>{children}</Authored>;
    case 'suggestionInsert':
      return <ins data-type="suggestion-insert">{children}</ins>;
    case 'suggestionDelete':
      return <del data-type="suggestion-delete">{children}</del>;
    default:
      return children;
  }
}

/** A link, its address checked again here and at the click (threat model, A11). */
function SafeLink({ href, children }: { href: unknown; children: ReactNode }) {
  const services = useEditorServices();
  const address = safeHref(href);
  if (address === null) return <span className="refused-link">{children}</span>;
  const open = (event: MouseEvent) => {
    const checked = safeHref(href);
    event.preventDefault();
    if (checked !== null) services.openAddress(checked);
  };
  const isInside = address.startsWith('#');
  return (
    <a
      href={address}
      rel="noopener noreferrer nofollow"
      {...(isInside ? {} : { target: '_blank', onClick: open })}
    >
      {children}
    </a>
  );
}

/** Words that tell who wrote them, by colour, line and initials. */
function Authored({ mark, children }: { mark: BodyMark; children: ReactNode }) {
  const { person } = useReader();
  const personId = attributeText(mark, 'person');
  const who = personId === null ? null : person(personId);
  const kind = attributeChoice(mark, 'kind', ['fresh', 'sitting', 'run', 'age']) ?? 'run';
  return (
    <span
      className={`authored authored-${kind}`}
      data-colour={who?.colour}
      data-cue={who?.cue}
      data-initials={mark.attrs?.['begins'] === true ? who?.initials : undefined}
      data-age={attributeNumber(mark, 'age') ?? undefined}
      title={attributeText(mark, 'title') ?? who?.name}
    >
      {children}
    </span>
  );
}

const changeLabels = {
  added: 'change.added',
  removed: 'change.removed',
  formatted: 'change.changed',
} as const;

/** Words that were added, removed or formatted between two moments: coloured by person, told by mark and word as well. */
function Changed({
  mark,
  kind,
  personId,
  number,
  children,
}: {
  mark: BodyMark;
  kind: 'added' | 'removed' | 'formatted';
  personId: string | null;
  /** Its place among the changes of the comparison, from 1. */
  number: number | null;
  children: ReactNode;
}) {
  const text = useEditorText();
  const { person } = useReader();
  const who = personId === null ? null : person(personId);
  const what = (kind === 'formatted' && formattingWords(mark, text)) || text(changeLabels[kind]);
  const title = who ? text('change.by', { what, name: who.name }) : what;
  const Tag = kind === 'added' ? 'ins' : kind === 'removed' ? 'del' : 'span';
  return (
    <Tag
      className={`change change-${kind}`}
      data-colour={who?.colour}
      data-cue={who?.cue}
      data-change-number={number ?? undefined}
      title={title}
    >
      {children}
    </Tag>
  );
}
