import { attachmentTypes, type AttachmentKind } from '#shared/api/attachments.ts';

/** Opens the system's file chooser. @returns the files chosen; none when it was closed. */
export function chooseFiles(kind: AttachmentKind): Promise<File[]> {
  return new Promise((resolve) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.multiple = true;
    input.accept = attachmentTypes[kind].join(',');
    input.addEventListener('change', () => resolve([...(input.files ?? [])]), { once: true });
    input.addEventListener('cancel', () => resolve([]), { once: true });
    input.click();
  });
}
