import { ensureConsole } from '../local/console.ts';

/** A Serverless Framework plugin that makes sure that packages contain an up-to-date build of the console. */
export default class ConsoleInPackage {
  readonly hooks = {
    'before:package:createDeploymentArtifacts': () => ensureConsole(),
    'before:deploy:function:packageFunction': () => ensureConsole(),
  };
}
