/** Whether an instance runs. For the service all instances do, from their launch until they are deleted. */
export type Power = 'Running' | 'Stopped';

const powers = new Map<string, Power>();

export const powerOf = (instanceId: string): Power => powers.get(instanceId) ?? 'Running';

export const setPower = (instanceId: string, power: Power): void => void powers.set(instanceId, power);

/** For a new instance that doesn't start by itself. A repeated request leaves the instance as it is by now. */
export const setFirstPower = (instanceId: string, power: Power): void => {
  if (!powers.has(instanceId)) {
    powers.set(instanceId, power);
  }
};
