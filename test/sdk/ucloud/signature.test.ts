import * as fc from 'fast-check';
import { isSignedWith } from '../../../lib/sdk/ucloud/signature.ts';
import { flat, signatureOfFlat } from './requests.ts';

const key = {
  publicKey: 'ucloudsomeone@example.com1296235120854146120',
  privateKey: '46f09bb9fab4f12dfc160dae12273d5332b5debe',
};

/** Published with the signatures that belong to them. */
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
      // Values of these types are signed as nothing.
      arrMapMissTyped1: '',
      arrMapMissTyped2: '',
      mapArrMapMissTyped: '',
    },
  },
] as const;

const flipped = (text: string, at: number): string =>
  text.slice(0, at) + String.fromCharCode(text.charCodeAt(at) ^ 1) + text.slice(at + 1);

describe.each(vectors)('the signature of $source', ({ privateKey, signature, parameters }) => {
  it('is verified', () => {
    expect(isSignedWith(privateKey, { ...parameters, Signature: signature })).toBe(true);
  });

  it('is verified whatever the order of the parameters', () => {
    const reversed = Object.fromEntries(Object.entries({ ...parameters, Signature: signature }).reverse());
    expect(isSignedWith(privateKey, reversed)).toBe(true);
  });

  it('is refused with one bit of it changed, wherever', () => {
    for (let at = 0; at < signature.length; at += 1) {
      expect(isSignedWith(privateKey, { ...parameters, Signature: flipped(signature, at) })).toBe(false);
    }
    expect(isSignedWith(privateKey, { ...parameters, Signature: signature.toUpperCase() })).toBe(false);
  });

  it('is refused with one bit of the key changed, wherever', () => {
    for (let at = 0; at < privateKey.length; at += 1) {
      expect(isSignedWith(flipped(privateKey, at), { ...parameters, Signature: signature })).toBe(false);
    }
  });

  it('is refused with one bit of any parameter changed, one left out or one added', () => {
    for (const [name, value] of Object.entries(parameters)) {
      const { [name as keyof typeof parameters]: _, ...others } = parameters as Record<string, unknown>;
      expect(isSignedWith(privateKey, { ...others, Signature: signature })).toBe(false);
      expect(isSignedWith(privateKey, { ...others, [flipped(name, 0)]: value, Signature: signature })).toBe(false);
      const changed = typeof value === 'string' && value !== '' ? flipped(value, value.length - 1) : 43;
      expect(isSignedWith(privateKey, { ...others, [name]: changed, Signature: signature })).toBe(false);
    }
    expect(isSignedWith(privateKey, { ...parameters, More: '1', Signature: signature })).toBe(false);
  });

  it.each([undefined, null, 5, '', [signature], { text: signature }])('is refused as %j', (stated) => {
    expect(isSignedWith(privateKey, { ...parameters, Signature: stated })).toBe(false);
  });
});

describe('values', () => {
  const signed = (parameters: Record<string, unknown>, asText: Record<string, string>) =>
    isSignedWith(key.privateKey, { ...parameters, Signature: signatureOfFlat(asText, key.privateKey) });

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
  ])('%s is signed as %s', (value, text) => {
    expect(signed({ value }, { value: text })).toBe(true);
  });

  it('null is signed as if it were not there, in objects too', () => {
    expect(signed({ value: 'a', nothing: null, within: { a: null, b: 1 } }, { value: 'a', within: 'b1' })).toBe(true);
  });

  it('objects are signed sorted by name, lists in their order', () => {
    expect(signed({ Disks: [{ Type: 'b', Size: 20 }, { Size: 5 }] }, { Disks: 'Size20TypebSize5' })).toBe(true);
  });

  it('what the SDK for JavaScript signs is verified, whatever its texts, whole numbers and flags are', () => {
    const value = fc.oneof(fc.string({ unit: 'grapheme' }), fc.integer(), fc.boolean());
    const parameters = fc.dictionary(fc.stringMatching(/^[A-Za-z]{1,8}(\.\d)?$/), value);
    fc.assert(
      fc.property(parameters, fc.string(), (stated, privateKey) => {
        const flattened = flat(stated);
        return isSignedWith(privateKey, { ...flattened, Signature: signatureOfFlat(flattened, privateKey) });
      }),
    );
  });
});
