import * as fc from 'fast-check';
import { isSignedWith } from '../../../lib/sdk/ucloud/signature.ts';
import { flatten, signatureOfFlat } from './requests.ts';

const key = {
  publicKey: 'ucloudsomeone@example.com1296235120854146120',
  privateKey: '46f09bb9fab4f12dfc160dae12273d5332b5debe',
};

/** Published examples. */
const vectors = [
  {
    source: 'https://docs.ucloud.cn/api/summary/signature',
    privateKey: key.privateKey,
    signature: 'cba5cf5ec4d4233d206b1b54951e3787350a642f',
    parameters: { Action: 'DescribeUHostInstance', Region: 'cn-bj2', Limit: 10, PublicKey: key.publicKey },
  },
  {
    source: 'tests of the SDKs for Go and Python',
    privateKey: key.privateKey,
    signature: '4f9ef5df2abab2c6fccd1e9515cb7e2df8c6bb65',
    parameters: {
      Action: 'CreateUHostInstance',
      CPU: 2,
      ChargeType: 'Month',
      DiskSpace: 10,
      ImageId: 'f43736e1-65a5-4bea-ad2e-8a46e18883c2',
      LoginMode: 'Password',
      Memory: 2048,
      Name: 'Host01',
      Password: 'VUNsb3VkLmNu',
      PublicKey: key.publicKey,
      Quantity: 1,
      Region: 'cn-bj2',
      Zone: 'cn-bj2-04',
    },
  },
  {
    source: 'test of nested values of the SDK for Go',
    privateKey: 'foo',
    signature: '682fc4fbb46a71c6c690a1f8cb233f4174662845',
    parameters: {
      int: 42,
      int8: 42,
      int16: 42,
      int32: 42,
      int64: 42,
      uint: 42,
      uint8: 42,
      uint16: 42,
      uint32: 42,
      uint64: 42,
      intPointer: 42,
      int8Pointer: 42,
      int16Pointer: 42,
      int32Pointer: 42,
      int64Pointer: 42,
      uintPointer: 42,
      uint8Pointer: 42,
      uint16Pointer: 42,
      uint32Pointer: 42,
      uint64Pointer: 42,
      boolValue: true,
      strValue: 'foo',
      float32Value: 42.099998474121094,
      float64Value: 42.1,
      float32TValue: 42.0,
      float64TValue: 42.0,
      boolValuePointer: true,
      strValuePointer: 'foo',
      float32ValuePointer: 42.099998474121094,
      float64ValuePointer: 42.1,
      float32TValuePointer: 42.0,
      float64TValuePointer: 42.0,
      map: { foo: 'bar' },
      array: ['foo', 'bar'],
      arrMap: [{ foo: 'bar' }],
      arr2: [['foo', 'bar']],
      // Values of these types are signed as empty strings.
      arrMapMissTyped1: '',
      arrMapMissTyped2: '',
      mapArrMapMissTyped: '',
    },
  },
] as const;

const flip = (text: string, index: number): string =>
  text.slice(0, index) + String.fromCharCode(text.charCodeAt(index) ^ 1) + text.slice(index + 1);

describe.each(vectors)('the signature of $source', ({ privateKey, signature, parameters }) => {
  it('is accepted', () => {
    expect(isSignedWith(privateKey, { ...parameters, Signature: signature })).toBe(true);
  });

  it('is accepted with the parameters in any order', () => {
    const reversed = Object.fromEntries(Object.entries({ ...parameters, Signature: signature }).reverse());
    expect(isSignedWith(privateKey, reversed)).toBe(true);
  });

  it('is refused if any one bit of it is changed', () => {
    for (let index = 0; index < signature.length; index += 1) {
      expect(isSignedWith(privateKey, { ...parameters, Signature: flip(signature, index) })).toBe(false);
    }
    expect(isSignedWith(privateKey, { ...parameters, Signature: signature.toUpperCase() })).toBe(false);
  });

  it('is refused if any one bit of the key is changed', () => {
    for (let index = 0; index < privateKey.length; index += 1) {
      expect(isSignedWith(flip(privateKey, index), { ...parameters, Signature: signature })).toBe(false);
    }
  });

  it('is refused if one bit of a parameter is changed, or a parameter is removed or added', () => {
    for (const [name, value] of Object.entries(parameters)) {
      const { [name as keyof typeof parameters]: _, ...others } = parameters as Record<string, unknown>;
      expect(isSignedWith(privateKey, { ...others, Signature: signature })).toBe(false);
      expect(isSignedWith(privateKey, { ...others, [flip(name, 0)]: value, Signature: signature })).toBe(false);
      const changed = typeof value === 'string' && value !== '' ? flip(value, value.length - 1) : 43;
      expect(isSignedWith(privateKey, { ...others, [name]: changed, Signature: signature })).toBe(false);
    }
    expect(isSignedWith(privateKey, { ...parameters, More: '1', Signature: signature })).toBe(false);
  });

  it.each([undefined, null, 5, '', [signature], { text: signature }])('is refused as %j', (invalid) => {
    expect(isSignedWith(privateKey, { ...parameters, Signature: invalid })).toBe(false);
  });
});

describe('signed values', () => {
  const isSignedAs = (parameters: Record<string, unknown>, signedText: Record<string, string>) =>
    isSignedWith(key.privateKey, { ...parameters, Signature: signatureOfFlat(signedText, key.privateKey) });

  it.each([
    [42, '42'],
    [42.5, '42.5'],
    [-1.5, '-1.5'],
    [0.00000015, '0.00000015'],
    [-1e-7, '-0.0000001'],
    [1e21, '1000000000000000000000'],
    [true, 'true'],
    [false, 'false'],
    ['图像', '图像'],
    ['a b+c&d=e%20', 'a b+c&d=e%20'],
  ])('are formatted: %s as %s', (value, text) => {
    expect(isSignedAs({ value }, { value: text })).toBe(true);
  });

  it('leave out null, in objects too', () => {
    expect(isSignedAs({ value: 'a', nothing: null, nested: { a: null, b: 1 } }, { value: 'a', nested: 'b1' })).toBe(true);
  });

  it('leave out null in lists', () => {
    expect(isSignedAs({ values: ['a', null, 'b'] }, { values: 'ab' })).toBe(true);
  });

  it('sort objects by name and keep the order of lists', () => {
    expect(isSignedAs({ Disks: [{ Type: 'b', Size: 20 }, { Size: 5 }] }, { Disks: 'Size20TypebSize5' })).toBe(true);
  });

  it('match the SDK for JavaScript for all strings, integers and Booleans', () => {
    const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean());
    const parameters = fc.dictionary(fc.stringMatching(/^[A-Za-z]{1,8}(\.\d)?$/), value);
    fc.assert(
      fc.property(parameters, fc.string(), (original, privateKey) => {
        const flattened = flatten(original);
        return isSignedWith(privateKey, { ...flattened, Signature: signatureOfFlat(flattened, privateKey) });
      }),
    );
  });
});
