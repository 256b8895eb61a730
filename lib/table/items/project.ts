import type { PrincipalId } from '../../model/ids.ts';
import type { Project } from '../../model/principal.ts';
import { dated, type Item } from '../item.ts';
import { fillPattern, type Key, keyOf, schema } from '../schema.ts';
import { renaming, whileOpen } from '../while-open.ts';
import { doesNotExist, type Writes } from '../write.ts';

export const projectKey = (projectId: PrincipalId): Key => keyOf(schema.project, { projectId });

/** The index partition of the projects of an account. */
export const projectsPartition = (account: PrincipalId): string => fillPattern(schema.project.GSI1PK, { account });

export const projectItem = ({ createdAt, ...rest }: Project): Item => ({
  ...projectKey(rest.projectId),
  GSI1PK: projectsPartition(rest.account),
  GSI1SK: fillPattern(schema.project.GSI1SK, rest),
  ...rest,
  createdAt: createdAt.toISOString(),
});

export const projectFrom = (item: Item): Project => dated<Project>(item);

export const projectWrites: Writes<'create-project' | 'rename-project' | 'close-project'> = {
  'create-project': ({ project }) => ({ Put: { Item: projectItem(project), ConditionExpression: doesNotExist } }),

  'rename-project': ({ projectId, name }) => renaming(projectKey(projectId), name),

  'close-project': ({ projectId }) => ({
    Update: { Key: projectKey(projectId), UpdateExpression: 'SET #state = :closed', ...whileOpen({ ':closed': 'closed' }) },
  }),
};
