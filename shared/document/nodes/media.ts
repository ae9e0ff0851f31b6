import { type Attributes, mergeAttributes, Node } from '@tiptap/core';
import {
  allows,
  dataAttribute,
  httpsAddress,
  identifier,
  mediaType,
  nullable,
  numberBetween,
  oneOf,
  type ParsedElement,
  readNumber,
  textUpTo,
  wholeNumber,
} from '../attributes.ts';
import { imageAlignments } from '../vocabulary.ts';

const pixels = nullable(wholeNumber(1, 100_000));

const attachmentId = dataAttribute('attachmentId', { fallback: null, validate: nullable(identifier) });
const label = dataAttribute('label', { fallback: null, validate: nullable(identifier) });

function fileAttributes(): Attributes {
  return {
    attachmentId,
    /** The name that the file had on the computer of who added it. */
    name: dataAttribute('name', { fallback: '', validate: textUpTo(255) }),
    mediaType: dataAttribute('mediaType', { fallback: null, validate: nullable(mediaType) }),
    /** In bytes. */
    size: dataAttribute('size', {
      fallback: null,
      validate: nullable(wholeNumber(0, 2 ** 40)),
      read: readNumber,
    }),
  };
}

/** Intrinsic size, so that nothing moves while a picture or a film loads. */
function intrinsicSize(): Attributes {
  return {
    naturalWidth: dataAttribute('naturalWidth', { fallback: null, validate: pixels, read: readNumber }),
    naturalHeight: dataAttribute('naturalHeight', { fallback: null, validate: pixels, read: readNumber }),
  };
}

/** Share of the text's measure, in per cent; null = natural size, at most the measure. */
function layout(): Attributes {
  return {
    width: dataAttribute('width', {
      fallback: null,
      validate: nullable(numberBetween(5, 100)),
      read: readNumber,
    }),
    align: dataAttribute('align', { fallback: null, validate: nullable(oneOf(...imageAlignments)) }),
  };
}

/**
 * What the four kinds of media share. The caption is content (`figureCaption`), so that two people can write it at
 * once and it takes links and italics. The node is no text block itself: a heading command on a selection that holds
 * it would turn it into a heading.
 */
const mediaNode = {
  group: 'block',
  content: 'figureCaption*',
  isolating: true,
  defining: true,
  draggable: true,
  allowGapCursor: false,
} as const;

/** A picture: an attachment, or an https address where it was pasted from the web and not taken over yet. */
export const Image = Node.create({
  name: 'image',
  ...mediaNode,
  addAttributes() {
    return {
      attachmentId,
      src: dataAttribute('src', { fallback: null, validate: nullable(httpsAddress) }),
      /** Text for who does not see the picture. Null = not written yet, '' = decoration. */
      alt: dataAttribute('alt', { fallback: null, validate: nullable(textUpTo(2000)) }),
      ...intrinsicSize(),
      ...layout(),
      label,
    };
  },
  parseHTML() {
    return [
      { tag: 'figure[data-type="image"]', contentElement: '[data-captions]' },
      {
        tag: 'img',
        getAttrs: (element: ParsedElement) => {
          const src = element.getAttribute('src');
          return allows(httpsAddress, src)
            ? { src, alt: element.getAttribute('alt')?.slice(0, 2000) ?? null }
            : false;
        },
      },
    ];
  },
  renderHTML({ HTMLAttributes }) {
    const { 'data-src': src, 'data-alt': alt } = HTMLAttributes as Record<string, string | undefined>;
    return [
      'figure',
      mergeAttributes(HTMLAttributes, { 'data-type': 'image' }),
      ['img', { ...(src === undefined ? {} : { src }), alt: alt ?? '' }],
      ['div', { 'data-captions': '' }, 0],
    ];
  },
});

/** A document to download. */
export const FileNode = Node.create({
  name: 'file',
  ...mediaNode,
  addAttributes: fileAttributes,
  parseHTML() {
    return [{ tag: 'div[data-type="file"]' }];
  },
  renderHTML({ HTMLAttributes }) {
    return ['div', mergeAttributes(HTMLAttributes, { 'data-type': 'file' }), 0];
  },
});

export const Audio = Node.create({
  name: 'audio',
  ...mediaNode,
  addAttributes() {
    return {
      ...fileAttributes(),
      /** In seconds. */
      duration: dataAttribute('duration', {
        fallback: null,
        validate: nullable(numberBetween(0, 1_000_000)),
        read: readNumber,
      }),
    };
  },
  parseHTML() {
    return [{ tag: 'div[data-type="audio"]' }];
  },
  renderHTML({ HTMLAttributes }) {
    return ['div', mergeAttributes(HTMLAttributes, { 'data-type': 'audio' }), 0];
  },
});

export const Video = Node.create({
  name: 'video',
  ...mediaNode,
  addAttributes() {
    return {
      ...fileAttributes(),
      duration: dataAttribute('duration', {
        fallback: null,
        validate: nullable(numberBetween(0, 1_000_000)),
        read: readNumber,
      }),
      ...intrinsicSize(),
      ...layout(),
      /** Attachment shown before the film starts. */
      posterId: dataAttribute('posterId', { fallback: null, validate: nullable(identifier) }),
    };
  },
  parseHTML() {
    return [{ tag: 'div[data-type="video"]' }];
  },
  renderHTML({ HTMLAttributes }) {
    return ['div', mergeAttributes(HTMLAttributes, { 'data-type': 'video' }), 0];
  },
});
