/** Whether a text has the form of a position in a list of instances. */
export const isInstancePosition = (position: string): boolean =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z#[\w.-]+$/.test(position);
