/** Scenarios: markets in which something happens, with what strategies must make of them. */
export { loadScenarios, scenarioFolder } from './find.ts';
export { type CaseResult, runScenarios, type ScenariosOptions, type ScenariosResult } from './run-scenarios.ts';
export type { Band, Scenario, ScenarioCase, ScenarioMarket } from './scenario.ts';
