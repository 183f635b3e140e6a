export { checkBars, type QualityOptions } from './check-bars.ts';
export { type RepairPolicy, repairBars, repairPolicies } from './repair-bars.ts';
export {
  type IssueKind,
  issueKinds,
  type QualityIssue,
  type QualityReport,
  qualityScore,
  type Severity,
} from './report.ts';
