/** What the tests use of the international SDK, which has no types of its own. */
declare module 'tencentcloud-sdk-nodejs-intl-en' {
  class Credential {
    constructor(secretId: string, secretKey: string);
  }

  class HttpProfile {
    endpoint: string;
    protocol: string;
  }

  class ClientProfile {
    httpProfile: HttpProfile;
    signMethod: string;
  }

  interface Request {
    from_json_string(text: string): void;
  }

  type Callback = (failure: Error | null, answer: unknown) => void;

  interface Version {
    Client: new (
      credential: Credential,
      region: string,
      profile: ClientProfile,
    ) => Readonly<Record<string, (request: Request, callback: Callback) => void>>;
    Models: Readonly<Record<string, new () => Request>>;
  }

  const sdk: {
    common: {
      Credential: typeof Credential;
      HttpProfile: typeof HttpProfile;
      ClientProfile: typeof ClientProfile;
    };
    cvm: { v20170312: Version };
    lighthouse: { v20200324: Version };
  };
  export default sdk;
}
