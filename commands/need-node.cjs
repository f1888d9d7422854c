/** Can the Node that runs this run the service? Plain JavaScript of the oldest kind, so that any Node can say so. */
const needed = 24;

if (Number(process.versions.node.split('.')[0]) < needed) {
  console.error(
    `This is Node ${process.versions.node}; the service needs Node ${needed}. It comes along as the dev dependency "node", which ` +
      'fetches its binary in an install script: run `npm ci` without --ignore-scripts, then start with `npm start`.',
  );
  process.exit(1);
}
