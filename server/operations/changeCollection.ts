import { AppError } from '#shared/api/errorCodes.ts';
import type { TemplateKey } from '#shared/document/templates/BuiltInTemplate.ts';
import { isBuiltInTemplate } from '#shared/document/templates/builtInTemplates.ts';
import type { CollectionRef, ContributionPolicy, Cover } from '#shared/domain/Collection.ts';
import type { CommunityId } from '#shared/domain/ids.ts';
import type { RegisterAct, RegisterLine } from '#shared/domain/Register.ts';
import type { Visibility } from '#shared/domain/Visibility.ts';
import { canChangeCover, canLinkToCommunity, canManageCollection } from '#shared/permissions/permissions.ts';
import { collectionsOf, notAllowed, requireCollection, requireCommunity, requirePerson } from '../access.ts';
import type { Caller } from '../Caller.ts';
import { readableTemplate } from '../readableTemplate.ts';
import type { RelayContext } from '../RelayContext.ts';
import { collectionChanged } from './collectionChanged.ts';
import { linkRecords } from './linkRecords.ts';
import { type IncomingFile, storeFile } from './storeAttachment.ts';
import type { Elsewhere } from './createThere.ts';
import { traceOf } from './traceOf.ts';

export interface CollectionRights {
  readonly visibility?: Visibility | undefined;
  readonly contributionPolicy?: ContributionPolicy | undefined;
  readonly community?: CommunityId | null | undefined;
  /** What is not given stays; an image is given by `setCover`. */
  readonly cover?:
    | { readonly [Key in keyof Cover]?: (Key extends 'image' ? null : Cover[Key]) | undefined }
    | undefined;
  /** Of a carnet: what notes that are made in it begin with. */
  readonly template?: TemplateKey | null | undefined;
}

/**
 * Changes who may see a carnet or a base, who may add to it, the community that it is linked to, its cover and the template of its notes: all of it, or nothing. Without its community, what the community
 * could see or do falls back to the people who are named on it.
 * @throws AppError `not_signed_in`, `not_allowed`, also for a template that the caller may not read; `conflict` for a visibility or a policy that needs a linked community, and for a
 * template of a base.
 */
export async function changeCollection(
  context: RelayContext,
  caller: Caller,
  ref: CollectionRef,
  change: CollectionRights,
): Promise<void> {
  const { catalogue, events } = context;
  const { kind, id } = ref;
  const by = requirePerson(caller).id;
  const { collection } = await requireCollection(catalogue, caller, ref, canManageCollection);
  const community = change.community === undefined ? collection.community : change.community;
  const isMoved = community !== collection.community;
  const lost = community === null;
  const visibility =
    change.visibility ?? (lost && collection.visibility === 'community' ? 'authors' : collection.visibility);
  const contributionPolicy =
    change.contributionPolicy ??
    (lost && collection.contributionPolicy === 'community' ? 'contributors' : collection.contributionPolicy);
  if (isMoved && community !== null) await requireCommunity(catalogue, caller, community, canLinkToCommunity);
  if (lost && (visibility === 'community' || contributionPolicy === 'community'))
    throw new AppError('conflict', 'it is linked to no community');
  const template = change.template === undefined ? collection.template : change.template;
  const isNewTemplate = template !== collection.template;
  if (isNewTemplate && kind === 'base') throw new AppError('conflict', 'no note is made in a base');
  if (isNewTemplate && template !== null && !isBuiltInTemplate(template))
    if ((await readableTemplate(context, caller, template)) === null) throw notAllowed();
  const cover: Cover = {
    image: change.cover?.image === undefined ? collection.cover.image : null,
    alternative: change.cover?.alternative ?? collection.cover.alternative,
    colour: change.cover?.colour === undefined ? collection.cover.colour : change.cover.colour,
  };

  const audit: RegisterLine[] = [];
  const record = (act: RegisterAct, value: string | null) =>
    audit.push({ by, act, subjectId: id, person: null, value });
  if (visibility !== collection.visibility) record(`${kind}.visibility`, visibility);
  if (contributionPolicy !== collection.contributionPolicy) record(`${kind}.policy`, contributionPolicy);
  if (change.cover !== undefined) record(`${kind}.cover`, cover.image ?? cover.colour);
  if (isNewTemplate) record('carnet.template', template);
  if (isMoved) audit.push(...linkRecords(by, kind, id, collection.community, community));
  if (audit.length === 0) return;
  await collectionsOf(catalogue, kind).change(
    id,
    { visibility, contributionPolicy, community, cover, template },
    traceOf(context, audit),
  );
  for (const one of new Set([collection.community, community]))
    if (one !== null) events.emit({ type: 'community', id: one });
  await collectionChanged(context, ref);
}

/** Gives a carnet or a base the image over its title. @throws AppError as `storeAttachment` does; `type_not_supported` for what is no image. */
export async function setCover(
  context: RelayContext,
  caller: Caller,
  ref: CollectionRef,
  file: IncomingFile,
): Promise<void> {
  const { kind, id } = ref;
  const by = requirePerson(caller).id;
  await requireCollection(context.catalogue, caller, ref, canChangeCover);
  const image = await storeFile(context, by, file, null, 'image');
  // Asked again: the bytes may have been long in coming. What the image before it showed is not what this one shows.
  const { collection } = await requireCollection(context.catalogue, caller, ref, canChangeCover);
  const trace = traceOf(context, { by, act: `${kind}.cover`, subjectId: id, person: null, value: image.id });
  const cover = { image: image.id, alternative: '', colour: collection.cover.colour };
  await collectionsOf(context.catalogue, kind).change(id, { cover }, trace);
  await collectionChanged(context, ref);
}

/** Puts a carnet or a base in the trash, or takes it out; what it holds stays where it is. One that was to be placed at a followed relay is not any more. @throws AppError `not_allowed`. */
export async function trashCollection(
  context: RelayContext & Pick<Elsewhere, 'mirror'>,
  caller: Caller,
  ref: CollectionRef,
  inTrash: boolean,
): Promise<void> {
  const { collection } = await requireCollection(context.catalogue, caller, ref, canManageCollection);
  if ((collection.trashedAt !== null) === inTrash) return;
  const trashedAt = inTrash ? context.now() : null;
  const act = `${ref.kind}.${inTrash ? 'trash' : 'out_of_trash'}` as const;
  const by = requirePerson(caller).id;
  const trace = traceOf(context, { by, act, subjectId: ref.id, person: null, value: null });
  if (inTrash) await context.mirror?.callBack(ref.id);
  await collectionsOf(context.catalogue, ref.kind).change(ref.id, { trashedAt }, trace);
  await collectionChanged(context, ref);
}
