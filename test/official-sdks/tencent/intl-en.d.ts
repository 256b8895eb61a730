/** The parts of the international SDK that the tests use. The package has no types. */
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

  type Callback = (failure: Error | null, response: unknown) => void;

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
