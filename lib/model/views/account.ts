/** Accounts, projects, and their settings in responses. */
import * as z from 'zod';
import { PrincipalId, Region } from '../ids.ts';
import { blockedOwnersMax } from '../limits.ts';
import { AcceptedOwners } from '../principal.ts';
import { Instant } from './common.ts';

export const AccountView = z
  .strictObject({
    accountId: PrincipalId,
    name: z.string(),
    state: z.enum(['open', 'closed']).optional().meta({ description: 'For operators only.' }),
    defaultProject: PrincipalId.optional().meta({ description: 'The default project of the account.' }),
    projects: z.array(z.strictObject({ projectId: PrincipalId, name: z.string(), createdAt: Instant })),
    quotas: z.array(z.strictObject({ region: Region, principal: PrincipalId, used: z.int(), limit: z.int() })),
  })
  .meta({ id: 'Account' });
export type AccountView = z.infer<typeof AccountView>;

/** Who can share images with an account or a project. */
export const ShareAcceptance = z
  .strictObject({
    from: AcceptedOwners.meta({ description: '`trusted`: only the owners in the list of trusted owners can share images.' }),
    blockedOwners: z
      .array(PrincipalId)
      .max(blockedOwnersMax)
      .meta({ description: "Owners that can't share images, even if they are trusted." }),
  })
  .meta({ id: 'ShareAcceptance' });
export type ShareAcceptance = z.infer<typeof ShareAcceptance>;

export const UnknownOwners = z.array(PrincipalId).meta({
  description: "Owners in the list that aren't open accounts or projects. The list is saved anyway.",
});

export const ProjectView = z
  .strictObject({
    projectId: PrincipalId,
    account: PrincipalId,
    name: z.string(),
    state: z.enum(['open', 'closed']),
  })
  .meta({ id: 'Project' });

export const AddressBookEntryView = z
  .strictObject({ principalId: PrincipalId, name: z.string(), note: z.string().optional() })
  .meta({ id: 'AddressBookEntry' });
export type AddressBookEntryView = z.infer<typeof AddressBookEntryView>;
