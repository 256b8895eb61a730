/** The accounts of the demo data, each with two projects. */
export const demoAccounts = [
  { accountId: '100000000001', name: 'Acme', projects: ['org-acme01', 'org-acme02'] },
  { accountId: '100000000002', name: 'Globex', projects: ['org-globex01', 'org-globex02'] },
  { accountId: '100000000003', name: 'Initech', projects: ['org-initech01', 'org-initech02'] },
] as const;
