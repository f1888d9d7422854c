/** Which formats are there? By name alone, so that whoever only checks a request loads none of their writers. */
export const formatNames = ['csv', 'xlsx', 'parquet', 'json'] as const;
export type FormatName = (typeof formatNames)[number];
