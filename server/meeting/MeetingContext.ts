import type { Accounts } from '../accounts/Accounts.ts';
import type { RelayContext } from '../RelayContext.ts';
import type { TicketOffice } from '../ws/TicketOffice.ts';

/** What hosting a meeting works with. */
export interface MeetingContext extends RelayContext {
  readonly accounts: Accounts;
  readonly tickets: TicketOffice;
}
