/** Which file answers for a page of the dashboard? Its pages are made in the browser: each is index.html. */

/** What ends like a file. The endings are named, so that a creator's id with a dot in it is none. */
export const endsLikeFile = /\.(css|html|ico|js|json|map|png|svg|txt|webmanifest|webp|woff2)$/;

/** Code of the CloudFront function (runtime 2.0) that sees a request first: what does not end like a file is index.html. */
export const pagePaths = `function handler(event) {
  const request = event.request;
  if (!${endsLikeFile}.test(request.uri)) request.uri = '/index.html';
  return request;
}
`;
