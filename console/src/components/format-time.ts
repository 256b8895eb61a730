/** `YYYY-MM-DD hh:mm:ss` in the browser's time zone. */
export const formatTime = (at: Date | string): string => {
  const date = new Date(at);
  const parts = (...numbers: number[]) => numbers.map((number) => String(number).padStart(2, '0'));
  return `${parts(date.getFullYear(), date.getMonth() + 1, date.getDate()).join('-')} ${parts(date.getHours(), date.getMinutes(), date.getSeconds()).join(':')}`;
};
