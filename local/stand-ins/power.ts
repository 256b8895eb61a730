/** Whether an instance runs. In the service, all instances run from their launch until they are terminated. */
export type Power = 'Running' | 'Stopped';

const powers = new Map<string, Power>();

export const powerOf = (instanceId: string): Power => powers.get(instanceId) ?? 'Running';

export const setPower = (instanceId: string, power: Power): void => void powers.set(instanceId, power);

/** Sets the state of a new instance that doesn't start by itself. A repeated request doesn't change the current state. */
export const setFirstPower = (instanceId: string, power: Power): void => {
  if (!powers.has(instanceId)) {
    powers.set(instanceId, power);
  }
};
