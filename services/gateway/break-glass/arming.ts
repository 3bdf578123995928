/** What an emergency sign-in is armed with, and where there is one: at /operator and at the console alike. */
import { z } from 'zod';
import type { GatewayConfig } from '../config.ts';

const minutesMax = 30;
const reasonCharsMin = 10;
export const reasonCharsMax = 200;

/** Read by everybody: no names. */
export const publicReason = z.string().trim().min(reasonCharsMin).max(reasonCharsMax);
export const emergencyFields = { minutes: z.int().min(1).max(minutesMax), reason: publicReason };

/** Servers of the AT Protocol take nobody in by a sign-in here. */
export const hasEmergency = ({ platforms }: Pick<GatewayConfig, 'platforms'>, platform: string): boolean =>
  platforms.some(({ name, kind }) => name === platform && kind !== 'bluesky');
