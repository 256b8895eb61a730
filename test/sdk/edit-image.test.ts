import { ActionError } from '../../lib/model/error.ts';
import { editImage, withCurrentImage } from '../../lib/sdk/edit-image.ts';
import type { CallOptions, Service } from '../../lib/sdk/service.ts';
import { imageId } from '../support/builders.ts';

const id = imageId('img-1');
const changedSince = () => new ActionError('PreconditionFailed', { detail: 'It has another revision.' });

/** A service in which the image changes again and again, before each of the first `changes` updates. */
function serviceWith(changes: number) {
  const image = { imageId: id, tags: { team: 'web' }, revision: 1 };
  const updates: unknown[] = [];
  const at = (seen: number | undefined): Service =>
    ({
      getImage: async () => ({ ...image }),
      withOptions: ({ revision }: CallOptions) => at(revision),
      updateImage: async (updated: string, details: unknown) => {
        image.revision += image.revision <= changes ? 1 : 0;
        if (seen !== image.revision) {
          throw changedSince();
        }
        updates.push({ updated, seen, details });
      },
    }) as unknown as Service;
  return { updates, service: at(undefined) };
}

describe('editImage', () => {
  it.each([0, 1, 19])('updates the revision that it read, even if the image changes %i times in between', async (changes) => {
    const { updates, service } = serviceWith(changes);

    await editImage(id, service, ({ tags, revision }) => ({ tags: { ...tags, read: String(revision) } }));

    const seen = changes + 1;
    expect(updates).toEqual([{ updated: id, seen, details: { tags: { team: 'web', read: String(seen) } } }]);
  });

  it('fails if the image changes 20 times in between', async () => {
    const { updates, service } = serviceWith(20);

    await expect(editImage(id, service, () => ({ name: 'new' }))).rejects.toMatchObject({ code: 'PreconditionFailed' });
    expect(updates).toEqual([]);
  });
});

describe('withCurrentImage', () => {
  it.each([new ActionError('ImageShared', { detail: 'It is shared.' }), new Error('broken')])(
    'fails at once with any other failure: %s',
    async (failure) => {
      let calls = 0;
      const act = async () => {
        calls += 1;
        throw failure;
      };

      await expect(withCurrentImage(id, serviceWith(0).service, act)).rejects.toBe(failure);
      expect(calls).toBe(1);
    },
  );

  it('returns what the last attempt returns', async () => {
    const failures = [changedSince(), changedSince()];
    const result = await withCurrentImage(id, serviceWith(0).service, async ({ imageId: found }) => {
      const failure = failures.pop();
      if (failure !== undefined) {
        throw failure;
      }
      return `done with ${found}`;
    });

    expect(result).toBe('done with img-1');
  });
});
