/** How does a function tell a number to CloudWatch? A line of its log in embedded metric format. */
export const metric = (name: string, value: number): string =>
  JSON.stringify({
    _aws: {
      Timestamp: Date.now(),
      CloudWatchMetrics: [{ Namespace: 'CreatorAnalytics', Dimensions: [[]], Metrics: [{ Name: name, Unit: 'Count' }] }],
    },
    [name]: value,
  });
