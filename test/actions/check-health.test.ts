import { checkHealth } from '../../functions/check-health.ts';
import { ActionError } from '../../lib/model/error.ts';
import { InMemoryService } from '../support/in-memory-service.ts';
import { MemoryStore } from '../support/memory-store/memory-store.ts';

class UnreachableStore extends MemoryStore {
  override async ping(): Promise<void> {
    throw new ActionError('Unavailable', { detail: 'gone' });
  }
}

describe('checkHealth', () => {
  it('returns ok while the table can be read', async () => {
    expect(await new InMemoryService().call(checkHealth, {})).toEqual({ status: 'ok' });
  });

  it('refuses with Unavailable while it cannot', async () => {
    await expect(new InMemoryService(new UnreachableStore()).call(checkHealth, {})).rejects.toMatchObject({
      code: 'Unavailable',
    });
  });
});
