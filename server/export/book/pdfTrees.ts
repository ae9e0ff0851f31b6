import { PDFArray, type PDFContext, PDFDict, PDFName, type PDFObject } from 'pdf-lib';

type Pair = readonly [PDFObject, PDFObject];

/** The entries of a tree of numbers or names, in order, and the references to the nodes that hold them. */
export function entriesOf(root: PDFObject | undefined, context: PDFContext, list: 'Nums' | 'Names') {
  const nodes: string[] = [];
  const entries: Pair[] = [];
  const visit = (one: PDFObject | undefined): void => {
    nodes.push(String(one));
    const node = context.lookup(one);
    if (!(node instanceof PDFDict)) return;
    const pairs = node.lookupMaybe(PDFName.of(list), PDFArray);
    for (let at = 0; pairs && at + 1 < pairs.size(); at += 2)
      entries.push([pairs.get(at), pairs.get(at + 1)]);
    for (const kid of node.lookupMaybe(PDFName.of('Kids'), PDFArray)?.asArray() ?? []) visit(kid);
  };
  visit(root);
  return { nodes, entries };
}
