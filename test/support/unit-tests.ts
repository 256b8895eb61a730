// Patterns start with **/ instead of <rootDir>, because jest doesn't find folders with brackets in their name by <rootDir>.
/** Tests of single rules, plans, codecs, and actions, on a store in memory. Tests of whole requests are in `integration`. */
export const unit: readonly string[] = [
  '**/test/{actions,app,bench,maintenance,rules,stream}/**/*.test.ts',
  '**/test/sdk/*-{image,service,run}.test.ts',
  '**/test/sdk/**/{authenticate,copies,errors,failure,filter-kinds,filter-rules,lists,nest-parameters,request,response,*signature*,wire-fields}.test.ts',
  '**/test/auth/{sealing,verified-tokens}.test.ts',
  '**/test/scenarios/{coverage,memory}.test.ts',
  '**/test/table/{document-client,facts,failures,placeholders,numbered-lists,positions,recipients,requests,schema,stored-items}.test.ts',
  '**/test/trust/{input,permissions}.test.ts',
];
