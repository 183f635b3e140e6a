/** Finished runs, studies and steps of the research as text, pages, pictures and documents. */
export type { ComparisonLine, ComparisonView } from './comparison/comparison-view.ts';
export type { EquityLine } from './comparison/equity-lines.ts';
export { letterOf, overlayPlot } from './comparison/overlay-plot.ts';
export { renderComparisonHtml } from './comparison/page.ts';
export { comparisonSvg } from './comparison/svg.ts';
export { dataNotes } from './data-notes.ts';
export { formatMetric, metricOf } from './headline.ts';
export { renderHtml } from './html/page.ts';
export type { ChartOptions, ImageChart } from './image.ts';
export { chartSvg, renderChart } from './image.ts';
export { commentary } from './insights/commentary.ts';
export { costRemedies } from './insights/costs.ts';
export type { Evidence, Insight, NextStep, Severity } from './insights/insight.ts';
export { insights } from './insights/insights.ts';
export { regimeName, regimesOf } from './insights/regimes.ts';
export { renderJson, runDocument } from './json.ts';
export { renderMarkdown } from './markdown.ts';
export { barsFrame } from './notebook/bars-frame.ts';
export { type FrameHtmlOptions, frameHtml } from './notebook/frame-html.ts';
export { metricsHtml } from './notebook/metrics-html.ts';
export { renderAtlasHtml } from './research/atlas-page.ts';
export type { AtlasView, ClusterView, CountBin, TrustView } from './research/atlas-view.ts';
export { renderDriftHtml } from './research/drift-page.ts';
export type { DriftView } from './research/drift-view.ts';
export { verdictWords } from './research/reasons.ts';
export { type Documents, type Finding, reviewRun } from './review.ts';
export type { QualitySummary, RunFlag, RunView } from './run-view.ts';
export { renderStudyHtml } from './study/html.ts';
export { STUDY_SCHEMA, studyDocument } from './study/json.ts';
export type { StudyTrials } from './study/study-trials.ts';
export type {
  CpcvView,
  CurveView,
  HalvingView,
  HoldoutView,
  HonestyView,
  StudyTrial,
  StudyView,
  TrialEvidence,
  WalkForwardView,
} from './study/study-view.ts';
export { renderStudyTerminal, type StudyTerminalOptions } from './study/terminal.ts';
export { linePlot } from './terminal/plot.ts';
export { renderTerminal } from './terminal/render.ts';
export type { TerminalOptions } from './terminal/style.ts';
export { createInk, noticeLines } from './terminal/style.ts';
export { warnings } from './warnings.ts';
