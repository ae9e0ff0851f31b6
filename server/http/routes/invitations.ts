import { Hono } from 'hono';
import { z } from 'zod';
import {
  baseIdSchema,
  carnetIdSchema,
  communityIdSchema,
  invitationIdSchema,
  noteIdSchema,
} from '#shared/api/common.ts';
import {
  type InvitationSummary,
  acceptInvitationSchema,
  createInvitationSchema,
  previewInvitationSchema,
} from '#shared/api/invitations.ts';
import type { Invitation } from '#shared/domain/Invitation.ts';
import type { CollectionId, CommunityId, NoteId } from '#shared/domain/ids.ts';
import { notAllowed, requirePerson } from '../../access.ts';
import { acceptInvitation, findInvitation } from '../../operations/acceptInvitation.ts';
import {
  type InvitationTarget,
  createInvitation,
  requireInviter,
} from '../../operations/createInvitation.ts';
import { freeColour } from '../../operations/freeColour.ts';
import { record } from '../../operations/traceOf.ts';
import type { HttpEnvironment } from '../environment.ts';
import type { HttpRelay } from '../HttpRelay.ts';
import { validate } from '../validate.ts';

const listQuery = z.discriminatedUnion('subject', [
  z.object({ subject: z.literal('note'), subjectId: noteIdSchema }),
  z.object({ subject: z.literal('carnet'), subjectId: carnetIdSchema }),
  z.object({ subject: z.literal('base'), subjectId: baseIdSchema }),
  z.object({ subject: z.literal('community'), subjectId: communityIdSchema }),
  z.object({ subject: z.literal('relay') }),
]);

function present({ id, subject, role, createdAt, expiresAt, uses }: Invitation): InvitationSummary {
  return { id, subject, role, createdAt, expiresAt, uses };
}

/** Invitation links. Their secret is in the fragment of the address, and comes here in the body of a request. */
export function invitationRoutes(relay: HttpRelay): Hono<HttpEnvironment> {
  const titleOf = async (subject: Pick<Invitation, 'subject' | 'subjectId'>): Promise<string | null> => {
    const { derived } = relay.catalogue;
    if (subject.subject === 'relay' || subject.subjectId === null) return null;
    if (subject.subject === 'note') return (await derived.note(subject.subjectId as NoteId))?.title ?? '';
    if (subject.subject === 'community')
      return (await relay.catalogue.communities.get(subject.subjectId as CommunityId))?.name ?? '';
    const id = subject.subjectId as CollectionId;
    return (await derived.collectionLines([id])).get(id)?.title ?? '';
  };
  return new Hono<HttpEnvironment>()
    .post('/invitations', validate('json', createInvitationSchema), async (context) => {
      const { invitation, secret } = await createInvitation(
        relay,
        context.var.caller,
        context.req.valid('json'),
      );
      return context.json(
        { invitation: present(invitation), url: `${relay.publicUrl()}/join#${secret}` },
        201,
      );
    })
    .get('/invitations', validate('query', listQuery), async (context) => {
      const target = context.req.valid('query');
      await requireInviter(relay, context.var.caller, target);
      const subjectId = target.subject === 'relay' ? null : target.subjectId;
      const invitations = await relay.catalogue.invitations.listValid(subjectId, relay.now());
      // One to the relay is good once.
      const unused = invitations.filter(({ subject, uses }) => subject !== 'relay' || uses === 0);
      return context.json({ invitations: unused.map(present) });
    })
    .delete('/invitations/:id', validate('param', z.object({ id: invitationIdSchema })), async (context) => {
      const { id: person } = requirePerson(context.var.caller);
      const invitation = await relay.catalogue.invitations.get(context.req.valid('param').id);
      if (invitation === null) throw notAllowed();
      const { id, subject, subjectId } = invitation;
      await requireInviter(relay, context.var.caller, { subject, subjectId } as InvitationTarget);
      await relay.catalogue.invitations.revoke(id, relay.now());
      if (subject === 'relay') await record(relay, 'relay.invitation_revoked', { by: person, subjectId: id });
      return context.body(null, 204);
    })
    .post('/invitations/preview', validate('json', previewInvitationSchema), async (context) => {
      const { invitation, inviter } = await findInvitation(relay, context.req.valid('json').secret);
      const { subject, role } = invitation;
      return context.json({
        subject,
        role,
        title: await titleOf(invitation),
        invitedBy: inviter?.name ?? null,
        colour: await freeColour(relay, invitation),
      });
    })
    .post('/invitations/accept', validate('json', acceptInvitationSchema), async (context) => {
      const { secret, name, colour } = context.req.valid('json');
      const { person, joined, path } = await acceptInvitation(relay, context.var.caller, secret, {
        name,
        colour,
      });
      if (joined) await relay.sessions.start(context, person);
      return context.json({ path });
    });
}
