import {
  Details as TiptapDetails,
  DetailsContent as TiptapDetailsContent,
  DetailsSummary as TiptapDetailsSummary,
} from '@tiptap/extension-details';

/** A passage that readers open. Open or closed is each reader's own affair and is not stored. */
export const Details = TiptapDetails.extend({ content: '(detailsSummary | detailsContent)*' });
export const DetailsSummary = TiptapDetailsSummary.extend({ content: 'inline*' });
export const DetailsContent = TiptapDetailsContent.extend({ content: 'block*' });
