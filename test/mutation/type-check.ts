/** Whether changed code still compiles. A mutant that doesn't is noticed by `npm run types`, without a test. */
import { resolve } from 'node:path';
import ts from 'typescript';
import type { Mutant } from './survivors.ts';

export class TypeCheck {
  /** Changed texts by path. */
  readonly #changed = new Map<string, { readonly text: string; readonly version: string }>();
  readonly #service: ts.LanguageService;
  #version = 0;

  constructor() {
    const host = { ...ts.sys, onUnRecoverableConfigFileDiagnostic: () => {} };
    const config = ts.getParsedCommandLineOfConfigFile('tsconfig.json', {}, host);
    // What a mutant leaves unused doesn't show that a test is missing.
    const options = { ...config?.options, noUnusedLocals: false, noUnusedParameters: false };
    this.#service = ts.createLanguageService({
      ...ts.sys,
      getCompilationSettings: () => options,
      getScriptFileNames: () => config?.fileNames ?? [],
      getScriptVersion: (path) => this.#changed.get(path)?.version ?? '0',
      getScriptSnapshot: (path) => {
        const text = this.#changed.get(path)?.text ?? ts.sys.readFile(path);
        return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
      },
      getDefaultLibFileName: ts.getDefaultLibFilePath,
      useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    });
  }

  compiles({ file, text }: Mutant): boolean {
    const path = resolve(file);
    this.#version += 1;
    this.#changed.set(path, { text, version: String(this.#version) });
    const errors = [...this.#service.getSyntacticDiagnostics(path), ...this.#service.getSemanticDiagnostics(path)];
    this.#changed.delete(path);
    return errors.length === 0;
  }
}
