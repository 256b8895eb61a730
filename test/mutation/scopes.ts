import { globSync } from 'node:fs';
import { unit } from '../support/unit-tests.ts';

/**
 * They take most of the time of all tests, and go through so much code that they would run for most mutants: random histories,
 * accounts with thousands of images, and all calls by all callers. Where only they find a mutant, a small test is missing.
 */
const tooLong = [/^test.trust/, /-properties/];
const tooLongTitles =
  /[0-9],000 (shared|received|random)|500 images|while the (list keeps changing|service is in use)|behind a fault-injecting client/;

/** Texts and links of the documentation, without any decision. */
const withoutDecisions = ['lib/rules/catalog.ts', 'lib/rules/rule-sources.ts'];

interface Scope {
  readonly code: string;
  /** The tests that run for it. They run in memory, except for those that need a DynamoDB. */
  readonly tests: readonly string[];
  /** Whether its tests need the servers of integration tests. They take more than milliseconds, so each of them runs for little code. */
  readonly servers?: boolean;
  /** Whether to change also what runs only while modules are loaded: tables. Each such mutant takes a process of its own. */
  readonly tables?: boolean;
}

/** The code that is tested in this way. */
export const scopes: readonly Scope[] = [
  { code: 'lib/rules/*.ts', tests: unit },
  {
    code: 'lib/sdk/{constant-time,nest-parameters,wire-fields,*/encoding,*/signature*}.ts',
    tests: ['**/test/sdk/**/{nest-parameters,*signature*,wire-fields}.test.ts'],
    tables: true,
  },
  {
    code: 'lib/sdk/{authenticate,respond-once,key-use}.ts',
    tests: ['**/test/sdk/**/{authenticate,authentication,dispatch,key-use,respond-once}.test.ts'],
  },
  {
    code: 'lib/sdk/{failure,*/request*}.ts',
    tests: ['**/test/sdk/**/{authentication,failure,malformed-input,request,*signature*}.test.ts'],
  },
  {
    code: 'lib/table/{attribute-values,failures,item,placeholders,positions,response-reader,schema}.ts',
    tests: ['**/test/table/{document-client,failures,placeholders,positions,schema,stored-items}.test.ts'],
  },
  {
    code: 'lib/sdk/{alibaba/{filters,names,platforms},tencent/{derived-ids,filters,hosts}}.ts',
    tests: ['**/test/sdk/**/{filter-kinds,filter-rules,filters,instance-view,names,platforms,snapshots}.test.ts'],
  },
  {
    code: 'lib/sdk/ucloud/!(request|signature).ts',
    tests: ['**/test/sdk/ucloud/*.test.ts'],
  },
  {
    code: 'lib/sdk/alibaba/!(encoding|filters|names|platforms|request*|signature*).ts',
    tests: ['**/test/sdk/{alibaba/!(filter-kinds|names|platforms),dispatch}.test.ts'],
  },
  {
    code: 'lib/sdk/tencent/{dry-run,error-codes,image-tags,parameters,protocol,regions,response,{cbs,cvm,legacy,lighthouse,tag}/*}.ts',
    tests: ['**/test/sdk/tencent/!(malformed-input|signature).test.ts'],
  },
  {
    code: 'lib/sdk/{action-service,clouds,dispatch,edit-image,find-image,if-found,service,validate-then-run,wire}.ts',
    tests: [
      '**/test/api/call-log.test.ts',
      '**/test/sdk/**/{*-{image,service,run},dispatch,image-tools,key-use,regions,tag,tag-resources,unsupported}.test.ts',
    ],
  },
  {
    code: 'lib/table/{document-client,dynamodb-store,facts,index-query,numbered-lists,store,stored,table-client,transaction,while-open,write,items/*}.ts',
    tests: [
      '**/test/table/{access-keys,address-book,commit,copy-jobs,instances,lists,principals,restore,upgrade}.test.ts',
      '**/test/table/{document-client,facts,failures,numbered-lists,positions,recipients,requests,stored-items}.test.ts',
    ],
    servers: true,
  },
];

/** The files of a scope, relative to the working directory. */
export const codePaths = (code: string): string[] => globSync(code).filter((path) => !withoutDecisions.includes(path));

/** The test files of a scope, relative to the working directory. */
export const testPaths = (tests: readonly string[]): string[] =>
  globSync(tests.map((pattern) => pattern.replace('**/test', 'test')))
    .filter((path) => !tooLong.some((pattern) => pattern.test(path)))
    .toSorted();

export const isTooLong = (title: string): boolean => tooLongTitles.test(title);
