declare module 'oidc-provider/lib/adapters/memory_adapter.js' {
  import type { AdapterConstructor } from 'oidc-provider';

  const MemoryAdapter: AdapterConstructor;
  export default MemoryAdapter;
}

declare module 'serverless-offline/lambda' {
  interface LambdaFunction {
    setEvent(event: unknown): void;
    /** Rejects with what the function throws, or when its time is over. */
    runHandler(): Promise<never>;
  }

  /** What sources of events run functions by. */
  export default class Lambda {
    constructor(serverless: unknown, options: unknown);
    create(functions: readonly { readonly functionKey: string; readonly functionDefinition: unknown }[]): void;
    get(functionKey: string): LambdaFunction;
  }
}
