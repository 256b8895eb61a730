/** The mutants that may survive, each with a reason: survivors.yaml. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MutantResult } from '@stryker-mutator/api/core';
import { parse } from 'yaml';

interface Reason {
  readonly why: string;
  /** `FILE: CODE -> REPLACEMENT`, without line numbers, so that other changes of the file don't matter. */
  readonly mutants: readonly string[];
}

/** A mutant in the text of its file. */
export class Mutant {
  readonly file: string;
  readonly name: string;
  /** The file with the mutant. */
  readonly text: string;

  constructor({ fileName, location, replacement = '' }: MutantResult) {
    const source = readFileSync(fileName, 'utf8');
    const lines = source.split('\n').map((line) => `${line}\n`);
    const [start, end] = [location.start, location.end].map(
      ({ line, column }) => lines.slice(0, line - 1).join('').length + column - 1,
    );
    this.file = fileName;
    this.name = `${fileName}: ${oneLine(source.slice(start, end))} -> ${oneLine(replacement)}`;
    this.text = source.slice(0, start) + replacement + source.slice(end);
  }
}

function oneLine(code: string): string {
  const line = code.replaceAll(/\s+/g, ' ').trim();
  return line.length <= 90 ? line : `${line.slice(0, 60)} ... ${line.slice(-25)}`;
}

/** Compares the survivors in these files with the list. */
export function compareSurvivors(survivors: readonly string[], files: readonly string[]) {
  const reasons = parse(readFileSync(join(import.meta.dirname, 'survivors.yaml'), 'utf8')) as readonly Reason[];
  const listed = reasons.flatMap(({ mutants }) => mutants);
  const isTested = (name: string) => files.some((file) => name.startsWith(`${file}: `));
  return {
    unlisted: survivors.filter((name) => !listed.includes(name)),
    outdated: listed.filter((name) => isTested(name) && !survivors.includes(name)),
  };
}
