/** How does a function tell a number to CloudWatch? A line of its log in embedded metric format, under the deployment's own namespace. */
export const metric = (name: string, value: number, unit: 'Count' | 'Percent' = 'Count'): string =>
  JSON.stringify({
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [
        {
          Namespace: process.env.METRICS_NAMESPACE ?? 'CreatorAnalytics',
          Dimensions: [[]],
          Metrics: [{ Name: name, Unit: unit }],
        },
      ],
    },
    [name]: value,
  });
