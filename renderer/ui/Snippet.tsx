import { Fragment } from 'react';

/** A piece of text with what was searched for between \u0001 and \u0002, as marks. */
export function Snippet({ text }: { readonly text: string }) {
  const parts = text.split('\u0001');
  return (
    <>
      {parts.map((part, at) => {
        if (at === 0) return <Fragment key={at}>{part}</Fragment>;
        const [found = '', rest = ''] = part.split('\u0002');
        return (
          <Fragment key={at}>
            <mark>{found}</mark>
            {rest}
          </Fragment>
        );
      })}
    </>
  );
}
