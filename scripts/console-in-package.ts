import { ensureConsole } from '../local/console.ts';

/** A plugin of the Serverless Framework: what is packaged carries the console of the sources as they are. */
export default class ConsoleInPackage {
  readonly hooks = {
    'before:package:createDeploymentArtifacts': () => ensureConsole(),
    'before:deploy:function:packageFunction': () => ensureConsole(),
  };
}
