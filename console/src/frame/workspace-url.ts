/** The region and project that a URL names. */
export interface NamedWorkspace {
  readonly region: string | undefined;
  readonly project: string | undefined;
}

/** The address of an image or a copy job has the region in its path. */
const regionalPath = /^\/(?:images|copy-jobs)\/([^/]+)\/[^/]+/;

const regionInPath = (pathname: string): string | undefined => {
  const [, region] = regionalPath.exec(pathname) ?? [];
  return region;
};

export function workspaceOfUrl(pathname: string, search: string): NamedWorkspace {
  const params = new URLSearchParams(search);
  return {
    region: regionInPath(pathname) ?? (params.get('region') || undefined),
    project: params.get('project') || undefined,
  };
}

/** Replaces the region and project of a URL's query parameters, and keeps the others. */
export function searchIn(pathname: string, search: string, { region, project }: NamedWorkspace): string {
  const others = [...new URLSearchParams(search)].filter(([name]) => name !== 'region' && name !== 'project');
  const named = [
    ...(region === undefined || regionInPath(pathname) !== undefined ? [] : [['region', region]]),
    ...(project === undefined ? [] : [['project', project]]),
  ];
  const params = new URLSearchParams([...named, ...others]).toString();
  return params === '' ? '' : `?${params}`;
}
