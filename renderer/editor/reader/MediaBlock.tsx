import { useState } from 'react';
import { attributeNumber, attributeText } from '#shared/document/bodyAccess.ts';
import type { BodyNode } from '#shared/document/noteContent.ts';
import { imageAlignments } from '#shared/document/vocabulary.ts';
import { useEditorServices } from '../EditorServices.ts';
import { useEditorText } from '../texts.ts';
import { formatBytes } from '../../i18n/index.ts';
import { commonProps } from './blockProps.ts';
import { Caption } from './Caption.tsx';
import { useReader } from './ReaderContext.ts';
import { ViewIcon } from './ViewIcon.tsx';

/** A picture, a document, a sound or a film with its caption. */
export function MediaBlock({ node }: { node: BodyNode }) {
  const { idPrefix, numbering } = useReader();
  const width = attributeNumber(node, 'width');
  return (
    <figure
      {...commonProps(node, idPrefix, numbering.labelled.get(node)?.label)}
      className={`media media-kind-${node.type}`}
      data-align={imageAlignments.find((one) => one === node.attrs?.['align']) ?? 'center'}
    >
      {/* React sets styles through element.style, which the content security policy allows. */}
      <div
        className="media-frame"
        style={width === null ? undefined : { width: `${Math.min(100, Math.max(5, width))}%` }}
      >
        <Medium node={node} />
      </div>
      <div className="media-captions">
        {(node.content ?? []).map((child, at) => (
          <Caption key={at} node={child} owner={node} />
        ))}
      </div>
    </figure>
  );
}

function Medium({ node }: { node: BodyNode }) {
  const text = useEditorText();
  const services = useEditorServices();
  const [isBroken, setBroken] = useState(false);
  const attachmentId = attributeText(node, 'attachmentId');
  const naturalWidth = attributeNumber(node, 'naturalWidth') ?? undefined;
  const naturalHeight = attributeNumber(node, 'naturalHeight') ?? undefined;
  const name = attributeText(node, 'name');
  if (attachmentId === null || isBroken) {
    const sentence =
      node.type !== 'image'
        ? 'media.unavailable'
        : attributeText(node, 'src') === null
          ? 'image.missing'
          : 'image.external';
    return (
      <span className="media-missing">
        <ViewIcon name="photo" size={20} />
        <span>{attributeText(node, 'alt') ?? text(sentence)}</span>
      </span>
    );
  }
  const url = services.attachmentUrl(attachmentId);
  switch (node.type) {
    case 'image':
      return (
        <img
          className="media-image"
          src={url}
          alt={attributeText(node, 'alt') ?? ''}
          width={naturalWidth}
          height={naturalHeight}
          loading="lazy"
          onError={() => setBroken(true)}
        />
      );
    case 'audio':
      return (
        <audio
          className="media-audio"
          controls
          preload="metadata"
          src={url}
          aria-label={name ?? text('media.audio')}
        />
      );
    case 'video':
      return (
        <video
          className="media-video"
          controls
          preload="metadata"
          src={url}
          width={naturalWidth}
          height={naturalHeight}
          aria-label={name ?? text('media.video')}
        />
      );
    default: {
      const size = attributeNumber(node, 'size');
      return (
        <a className="media-file" href={url} download={name ?? true}>
          <ViewIcon name="file" size={22} />
          <span className="media-file-words">
            <span className="media-file-name">{name ?? text('media.file')}</span>
            {size === null ? null : <span className="media-file-size">{formatBytes(size)}</span>}
          </span>
          <ViewIcon name="download" />
        </a>
      );
    }
  }
}
