import type { Absence } from './AbsenceWatch.ts';
import type { DocumentRole } from './CalepinProvider.ts';
import type { PresentPerson } from './presence.ts';
import type { ProblemCode } from './problems.ts';
import type { Doubt } from './proof.ts';
import type { Link, SavingState } from './savingState.ts';

/** Everything that a page shows of an open document's session. A new object each time something in it changes. */
export interface SessionSnapshot {
  /** The whole document is in `doc`: it may be shown. */
  readonly loaded: boolean;
  /** Nothing in the body is unknown to this application. False without a `problem`: only the copy on this device is known yet, and the relay is being asked. */
  readonly mayBind: boolean;
  readonly status: Link['kind'];
  readonly saveState: SavingState;
  /** Who is here, oneself first. */
  readonly people: readonly PresentPerson[];
  /** What this person may do, as the relay last said; null before it said anything. */
  readonly role: DocumentRole | null;
  /** Why the document can no longer be worked on here; null when it can. */
  readonly problem: ProblemCode | null;
  /** This device keeps changes until the relay has them. False where the browser does not allow it. */
  readonly keepsLocally: boolean;
  /** The relay's word disagrees with one that it signed before; null when nothing does. */
  readonly doubt: Doubt | null;
  /** The last time without the home that is worth telling of; null for none. */
  readonly absence: Absence | null;
}
