/** Readers and writers of market data: files, databases, the catalog of data sets, the tape. */

export {
  type AdjustOptions,
  adjustBars,
  type InnerSplit,
  inUnitsOfEnds,
  lengthened,
  normaliseSymbol,
  orderActions,
  readActions,
  type SymbolOptions,
} from './adjust/index.ts';
export { columnsFromArrow, columnsToArrow, fromArrow, toArrow, toArrowIpc } from './arrow/index.ts';
export {
  type Calendar,
  type CalendarName,
  calendar,
  calendarNames,
  findCalendar,
  localDay,
  localTime,
  zonedTime,
} from './calendar/index.ts';
export { type DatasetEntry, listDatasets, openDataset } from './catalog/catalog.ts';
export { contentHash } from './catalog/content-hash.ts';
export type { Dataset } from './catalog/dataset.ts';
export { type DatasetActions, datasetActions } from './catalog/dataset-actions.ts';
export type { DatasetMeta } from './catalog/dataset-meta.ts';
export type { DatasetDescription } from './catalog/describe-bars.ts';
export { removeDataset, type SaveOptions, saveDataset } from './catalog/save-dataset.ts';
export { type CatalogOptions, datasetFolders, packageRoot } from './catalog/search-path.ts';
export type { ColumnNames, ColumnRole } from './column-roles.ts';
export { type CsvFormat, type CsvOptions, type TimeFormat, timeFormats } from './csv/csv-format.ts';
export { type CsvRead, detectCsvFormat, readCsv } from './csv/read-csv.ts';
export { writeCsv } from './csv/write-csv.ts';
export { fileKind } from './file-kind.ts';
export { inferTimeframe } from './infer-timeframe.ts';
export { readParquet } from './parquet/read-parquet.ts';
export { writeParquet } from './parquet/write-parquet.ts';
export {
  type PostgresOptions,
  readPostgres,
  type WritePostgresOptions,
  writePostgres,
} from './postgres/index.ts';
export { withoutPassword } from './postgres/without-password.ts';
export {
  checkBars,
  type IssueKind,
  issueKinds,
  type QualityIssue,
  type QualityOptions,
  type QualityReport,
  qualityScore,
  type RepairPolicy,
  repairBars,
  repairPolicies,
  type Severity,
} from './quality/index.ts';
export { readBars } from './read-bars.ts';
export type { Query, ReadOptions } from './read-options.ts';
export { type ResampleOptions, resampleBars } from './resample/index.ts';
export {
  type CompleteSyntheticSpec,
  generateMarket,
  parseSyntheticSpec,
  type SyntheticMarket,
  type SyntheticSpec,
  syntheticCrypto,
  syntheticSpecSchema,
} from './synthetic/index.ts';
export { readTable } from './table/read-table.ts';
export {
  type TableColumns,
  type TableFormat,
  tableFormats,
  type WriteTableOptions,
  writeTable,
} from './table/write-table.ts';
