import { readdirSync } from 'node:fs';
import type { Action } from '../lib/app/action.ts';

const folder = new URL('../functions/', import.meta.url);

/** Loads every action of the HTTP API, with the name of its file in functions/. */
export async function actions(): Promise<{ file: string; action: Action }[]> {
  const files = readdirSync(folder).filter((file) => file.endsWith('.ts'));
  const modules = await Promise.all(
    files.map(async (file) => ({ file, module: (await import(new URL(file, folder).href)) as Record<string, unknown> })),
  );
  return modules.flatMap(({ file, module }) => actionsIn(module).map((action) => ({ file, action })));
}

/** Returns the actions of the HTTP API that a module in functions/ exports. */
export const actionsIn = (module: Readonly<Record<string, unknown>>): Action[] =>
  Object.values(module)
    .filter(isAction)
    .filter(({ routes }) => routes.length > 0);

const isAction = (value: unknown): value is Action =>
  typeof value === 'object' && value !== null && 'routes' in value && 'run' in value;
