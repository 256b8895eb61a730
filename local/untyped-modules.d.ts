declare module 'oidc-provider/lib/adapters/memory_adapter.js' {
  import type { AdapterConstructor } from 'oidc-provider';

  const MemoryAdapter: AdapterConstructor;
  export default MemoryAdapter;
}

declare module 'serverless-offline/lambda' {
  interface LambdaFunction {
    setEvent(event: unknown): void;
    /** Rejects if the function throws or times out. */
    runHandler(): Promise<never>;
  }

  /** Runs functions. Plugins for event sources use it. */
  export default class Lambda {
    constructor(serverless: unknown, options: unknown);
    create(functions: readonly { readonly functionKey: string; readonly functionDefinition: unknown }[]): void;
    get(functionKey: string): LambdaFunction;
  }
}
