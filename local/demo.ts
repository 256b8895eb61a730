import { accessToken } from './issuer.ts';

/** The accounts that a fresh start knows, each with two projects. */
export const demoAccounts = [
  { accountId: '100000000001', name: 'Acme', projects: ['org-acme01', 'org-acme02'] },
  { accountId: '100000000002', name: 'Globex', projects: ['org-globex01', 'org-globex02'] },
  { accountId: '100000000003', name: 'Initech', projects: ['org-initech01', 'org-initech02'] },
] as const;

/** One region of each policy, and the holder there that stands for Acme when Globex shares with it. */
const demoRegions = [
  { region: 'ap-guangzhou', acme: '100000000001' },
  { region: 'cn-hangzhou', acme: '100000000001' },
  { region: 'cn-bj2', acme: 'org-acme01' },
] as const;

/** Puts the demo data in through the API, unless they are there. */
export async function ensureDemoData(origin: string, issuer: string): Promise<void> {
  const operator = await accessToken(issuer, { account: 'operator', scope: 'image-share:operator' });
  const known = await fetch(`${origin}/v1/accounts/${demoAccounts[0].accountId}`, {
    headers: { authorization: `Bearer ${operator}` },
  });
  if (known.ok) {
    return;
  }
  for (const { accountId, name, projects } of demoAccounts) {
    await call(origin, operator, 'PUT', `/accounts/${accountId}`, { name });
    for (const [at, project] of projects.entries()) {
      await call(origin, operator, 'PUT', `/accounts/${accountId}/projects/${project}`, {
        name: `${name} ${['production', 'research'][at]}`,
      });
    }
  }
  const [acme, globex] = await Promise.all(demoAccounts.map(({ accountId }) => accessToken(issuer, { account: accountId })));
  for (const { region, acme: recipient } of demoRegions) {
    await call(origin, acme, 'POST', `/regions/${region}/images`, {
      name: 'web-base',
      description: 'Debian 12 with nginx',
      sizeGiB: 20,
      os: 'Debian 12',
      labels: { role: 'web', release: '2026.11' },
    });
    const image = await call(origin, globex, 'POST', `/regions/${region}/images`, {
      name: 'analytics-node',
      description: 'Jupyter and friends',
      sizeGiB: 40,
      os: 'Ubuntu 24.04',
    });
    await call(origin, globex, 'POST', `/regions/${region}/images/${image['imageId']}/shares`, {
      recipients: [recipient],
      acknowledgeRisk: true,
    });
  }
}

async function call(
  origin: string,
  token: string | undefined,
  method: string,
  path: string,
  body: unknown,
): Promise<Record<string, unknown>> {
  const answer = await fetch(`${origin}/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  const content = (await answer.json()) as Record<string, unknown>;
  if (!answer.ok) {
    throw new Error(`Demo data: ${method} ${path} was refused: ${content['detail']}`);
  }
  return content;
}
