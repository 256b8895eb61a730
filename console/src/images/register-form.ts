import type { Image, RequestBody } from '../api/client.ts';
import { isName, isWithin } from '../components/name-limits.ts';
import { isDescription } from './description-field.tsx';
import { areTagsValid, type TagInput, tagsOf } from './tags-field.tsx';

export const diskGiBMax = 65_536;
export const dataDisksMax = 16;
export const osBytesMax = 32;

/** Whether the compute platform already has the data of the image, or is still importing it. */
export const importStates = ['available', 'pending'] as const;

/** What the user entered to register an image. */
export interface RegisterForm {
  readonly name: string;
  readonly description: string;
  readonly size: string;
  readonly dataDisks: string;
  readonly os: string;
  readonly architecture: Image['architecture'];
  readonly product: Image['product'];
  readonly encryption: Image['encryption'];
  readonly state: (typeof importStates)[number];
  readonly tags: readonly TagInput[];
}

export const emptyForm: RegisterForm = {
  name: '',
  description: '',
  size: '20',
  dataDisks: '',
  os: '',
  architecture: 'x86_64',
  product: 'standard',
  encryption: 'none',
  state: 'available',
  tags: [],
};

export const sizeOf = (text: string): number | undefined => {
  const size = Number(text.trim());
  return Number.isInteger(size) && size >= 1 && size <= diskGiBMax ? size : undefined;
};

/** Reads sizes such as `100, 200`. Undefined if one is invalid, or if there are too many. */
export function dataDisksOf(text: string): readonly number[] | undefined {
  const sizes = text
    .split(/[\s,，、]+/)
    .filter((part) => part !== '')
    .flatMap((part) => sizeOf(part) ?? [undefined]);
  const known = sizes.filter((size) => size !== undefined);
  return known.length === sizes.length && known.length <= dataDisksMax ? known : undefined;
}

/** The request, or undefined while a field is invalid. */
export function importOf({ size, dataDisks, tags, ...form }: RegisterForm): RequestBody<'ImportImage'> | undefined {
  const sizeGiB = sizeOf(size);
  const disks = dataDisksOf(dataDisks)?.map((gib) => ({ sizeGiB: gib }));
  const areTextsValid = isName(form.name) && isDescription(form.description) && isWithin(form.os, osBytesMax);
  return areTextsValid && areTagsValid(tags) && sizeGiB !== undefined && disks !== undefined
    ? { ...form, sizeGiB, disks, tags: tagsOf(tags) }
    : undefined;
}
