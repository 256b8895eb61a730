/** The region and project that a URL names. */
export interface NamedWorkspace {
  readonly region: string | undefined;
  readonly project: string | undefined;
}

/** The address of an image has the region in its path. */
const imagePath = /^\/images\/([^/]+)\/[^/]+/;

const imageRegionOf = (pathname: string): string | undefined => {
  const [, region] = imagePath.exec(pathname) ?? [];
  return region;
};

export function workspaceOfUrl(pathname: string, search: string): NamedWorkspace {
  const params = new URLSearchParams(search);
  return {
    region: imageRegionOf(pathname) ?? (params.get('region') || undefined),
    project: params.get('project') || undefined,
  };
}

/** Replaces the region and project of a URL's query parameters, and keeps the others. */
export function searchIn(pathname: string, search: string, { region, project }: NamedWorkspace): string {
  const others = [...new URLSearchParams(search)].filter(([name]) => name !== 'region' && name !== 'project');
  const named = [
    ...(region === undefined || imageRegionOf(pathname) !== undefined ? [] : [['region', region]]),
    ...(project === undefined ? [] : [['project', project]]),
  ];
  const params = new URLSearchParams([...named, ...others]).toString();
  return params === '' ? '' : `?${params}`;
}
