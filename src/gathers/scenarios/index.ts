import type { Scenario } from './scenario-module.ts';
import { vipOutsideMachineNetwork } from './vip-outside-machine-network.ts';

export const SCENARIOS: readonly Scenario[] = [vipOutsideMachineNetwork];
