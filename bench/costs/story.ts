import type { PolicyFixture } from '../../test/support/builders.ts';
import type { CallOptions } from '../../test/support/in-memory-service.ts';
import type { Meter } from './meter.ts';

/** Calls that are measured, in the order in which they are made, under one policy. */
export type Story = (scene: {
  readonly meter: Meter;
  readonly fixture: PolicyFixture;
  /** 50 principals to share with. */
  readonly recipients: readonly string[];
}) => Promise<void>;

/** Calls as a recipient: with a token that is bound to its project, where projects own images. */
export const asRecipient = (recipient: string): CallOptions =>
  recipient.startsWith('org-') ? { as: recipient.slice(4), tokenProject: recipient } : { as: recipient };

/** Added to the names of calls that first read whether the project exists, before they read anything of it. */
export const asProject = ({ policy }: PolicyFixture): string => (policy.principalKind === 'project' ? ', as a project' : '');

export const compute: CallOptions = { as: 'compute', scopes: ['compute'] };
export const operator: CallOptions = { as: 'operator', scopes: ['operator'] };

/** An image as people make it: with a description and some tags. Its item is larger than 1 KB only with many recipients. */
export const typicalImage = {
  name: 'web-server-2026-11',
  description: 'Web server with the certificates of November, built by the nightly pipeline and approved for production.',
  tags: { team: 'platform', stage: 'production', 'cost-center': '4711', pipeline: 'nightly' },
  sizeGiB: 40,
  os: 'Debian 12',
};
